package dev.tollgate.agent.weave;

import org.jspecify.annotations.Nullable;

/** Class loaders as reports name them. */
public final class LoaderNames {
  private LoaderNames() {}

  /** {@code app}, {@code boot}, or the loader's class and identity where it has no name. */
  public static String of(@Nullable ClassLoader loader) {
    if (loader == null) {
      return "boot";
    }
    String name = loader.getName();
    return name != null
        ? name
        : loader.getClass().getSimpleName()
            + "@"
            + Integer.toHexString(System.identityHashCode(loader));
  }
}
