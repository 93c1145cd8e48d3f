/** From class bytes to woven bytes: scan, read the declarations, write the calls. */
@NullMarked
package dev.tollgate.agent.weave;

import org.jspecify.annotations.NullMarked;
