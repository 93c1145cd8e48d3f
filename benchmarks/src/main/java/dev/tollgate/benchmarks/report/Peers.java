package dev.tollgate.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions that are on the class path, by the names of their jars. */
final class Peers {
  private static final Pattern JAR =
      Pattern.compile(
          "(guava|resilience4j-ratelimiter|bucket4j_jdk17-core|failsafe|sentinel-core|spring-aop)"
              + "-(\\d[^ /]*)\\.jar");

  private Peers() {}

  static List<String> versions() {
    List<String> versions = new ArrayList<>();
    Matcher jar = JAR.matcher(ClassPath.ofManifest());
    while (jar.find()) {
      versions.add(jar.group(1) + " " + jar.group(2));
    }
    return versions;
  }
}
