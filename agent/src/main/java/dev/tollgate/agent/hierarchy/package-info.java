/** What is known of classes from their bytes, without loading them. */
@NullMarked
package dev.tollgate.agent.hierarchy;

import org.jspecify.annotations.NullMarked;
