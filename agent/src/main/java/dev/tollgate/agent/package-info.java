/**
 * What the system class loader sees of the agent: the ways in, and the class loader that everything
 * else lives in. All other packages below this one are in that loader.
 */
@NullMarked
package dev.tollgate.agent;

import org.jspecify.annotations.NullMarked;
