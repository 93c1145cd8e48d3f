/** How much memory there is: in the container, on the host, in the heap. */
@NullMarked
package dev.tollgate.health.memory;

import org.jspecify.annotations.NullMarked;
