package dev.tollgate.agent.hierarchy;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Classes of the JDK, by name: nobody has annotated them, so nobody needs to read them. */
public final class JdkNames {
  private static final String[] NOBODY_ELSES = {"java/", "jdk/", "sun/"};

  /** Some of them are the JDK's and some are not; known at the first class that has one. */
  private static final String[] SHARED = {
    "javax/", "com/sun/", "org/w3c/", "org/xml/", "org/ietf/"
  };

  private static volatile @Nullable Set<String> packages;

  private JdkNames() {}

  /** Whether a class of this name, with slashes, can be the JDK's only. */
  public static boolean contains(String internalName) {
    for (String prefix : NOBODY_ELSES) {
      if (internalName.startsWith(prefix)) {
        return true;
      }
    }
    for (String prefix : SHARED) {
      if (internalName.startsWith(prefix)) {
        int slash = internalName.lastIndexOf('/');
        return packages().contains(internalName.substring(0, slash).replace('/', '.'));
      }
    }
    return false;
  }

  private static Set<String> packages() {
    Set<String> known = packages;
    if (known == null) {
      known = new HashSet<>();
      for (Module module : ModuleLayer.boot().modules()) {
        ClassLoader loader = module.getClassLoader();
        if (loader == null || loader.equals(ClassLoader.getPlatformClassLoader())) {
          known.addAll(module.getPackages());
        }
      }
      packages = known;
    }
    return known;
  }
}
