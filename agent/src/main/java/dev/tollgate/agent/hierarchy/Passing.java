package dev.tollgate.agent.hierarchy;

import java.util.List;

/**
 * A class that is being loaded.
 *
 * @param lambdas types that its {@code invokedynamic}s make, the JDK's left out
 * @param isLate whether classes below it have come by before it was known to be of interest
 */
public record Passing(KnownClass type, List<String> lambdas, boolean isLate) {}
