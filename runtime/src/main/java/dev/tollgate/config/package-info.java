/** Configuration: text from files, system properties and agent arguments, as immutable settings. */
@NullMarked
package dev.tollgate.config;

import org.jspecify.annotations.NullMarked;
