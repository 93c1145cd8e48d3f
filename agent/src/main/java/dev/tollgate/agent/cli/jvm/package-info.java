/** What the beans of Tollgate in another JVM say, read over the JDK's own attach and JMX. */
@NullMarked
package dev.tollgate.agent.cli.jvm;

import org.jspecify.annotations.NullMarked;
