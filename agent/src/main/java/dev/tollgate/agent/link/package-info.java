/** From a woven call site to its limiter, and the other end of the dispatcher. */
@NullMarked
package dev.tollgate.agent.link;

import org.jspecify.annotations.NullMarked;
