/** What is limited and what was missed, as users get to see it. */
@NullMarked
package dev.tollgate.agent.report;

import org.jspecify.annotations.NullMarked;
