package dev.tollgate.agent.hierarchy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Classes of the JDK, by name: nobody has annotated them, so nobody needs to read them. */
public final class JdkNames {
  private static final String[] NOBODY_ELSES = {"java/", "jdk/", "sun/"};

  /** Some of them are the JDK's and some are not; known at the first class that has one. */
  private static final String[] SHARED = {
    "javax/", "com/sun/", "org/w3c/", "org/xml/", "org/ietf/"
  };

  private static volatile Set<?> @Nullable [] packages;

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
        return isPackage(internalName.substring(0, slash).replace('/', '.'));
      }
    }
    return false;
  }

  /**
   * Whether nothing is to be known of a supertype of this name, with slashes: nobody annotates the
   * JDK's, and of its most frequent packages no rule may name one.
   */
  static boolean mayBeLeftOut(String internalName, boolean withJdk) {
    if (internalName.startsWith("java/")) {
      return !withJdk
          || internalName.startsWith("java/lang/")
          || internalName.startsWith("java/util/")
          || internalName.startsWith("java/io/");
    }
    return !withJdk && contains(internalName);
  }

  private static boolean isPackage(String name) {
    Set<?>[] known = packages;
    if (known == null) {
      known = packagesByModule();
      packages = known;
    }
    for (Set<?> ofModule : known) {
      if (ofModule.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** As the modules hold them: one set of all would take longer to make than it saves. */
  private static Set<?>[] packagesByModule() {
    List<Set<String>> sets = new ArrayList<>();
    for (Module module : ModuleLayer.boot().modules()) {
      ClassLoader loader = module.getClassLoader();
      if (loader == null || loader.equals(ClassLoader.getPlatformClassLoader())) {
        sets.add(module.getPackages());
      }
    }
    return sets.toArray(new Set<?>[0]);
  }
}
