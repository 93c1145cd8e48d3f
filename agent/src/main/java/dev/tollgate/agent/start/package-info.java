/** How the agent comes up: settings, limiters, dispatcher, weaving, beans, in this order. */
@NullMarked
package dev.tollgate.agent.start;

import org.jspecify.annotations.NullMarked;
