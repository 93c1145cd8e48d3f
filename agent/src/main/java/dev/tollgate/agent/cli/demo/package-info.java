/**
 * What the demo does: a client program, a server with a quota, and a comparison of two runs. How it
 * looks is the command line's business.
 */
@NullMarked
package dev.tollgate.agent.cli.demo;

import org.jspecify.annotations.NullMarked;
