/** Whether the JVM is healthy, may get traffic, and need not be restarted. */
@NullMarked
package dev.tollgate.health;

import org.jspecify.annotations.NullMarked;
