/**
 * The annotations that ask for a limit, and the exceptions of a call that was refused.
 *
 * <p>A program needs this package to compile. At run time it may leave the jar out: annotations
 * whose class is missing still limit, and refusals are then plain JDK exceptions.
 */
@NullMarked
package dev.tollgate;

import org.jspecify.annotations.NullMarked;
