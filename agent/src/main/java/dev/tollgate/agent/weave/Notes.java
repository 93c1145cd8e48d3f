package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/** What a user may want to know about a method that is limited. */
final class Notes {
  private static final Set<String> ASYNC =
      Set.of("java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletionStage");

  private static final Set<String> BEGIN_LATER =
      Set.of(
          "io.reactivex.rxjava3.core.Completable",
          "io.reactivex.rxjava3.core.Flowable",
          "io.reactivex.rxjava3.core.Maybe",
          "io.reactivex.rxjava3.core.Observable",
          "io.reactivex.rxjava3.core.Single",
          "io.smallrye.mutiny.Multi",
          "io.smallrye.mutiny.Uni",
          "java.util.concurrent.Flow$Publisher",
          "kotlinx.coroutines.flow.Flow",
          "org.reactivestreams.Publisher",
          "reactor.core.publisher.Flux",
          "reactor.core.publisher.Mono");

  private Notes() {}

  /** Whether the method's result is one that the contract limits without blocking. */
  static boolean isAsync(MethodDeclarations method) {
    return ASYNC.contains(method.returnType());
  }

  /**
   * Empty where there is nothing to say.
   *
   * @param cause what limits it from elsewhere; empty where that stands in its own class
   */
  static String of(MethodDeclarations method, boolean oncePerEntry, String cause) {
    List<String> notes = new ArrayList<>();
    if (!cause.isEmpty()) {
      notes.add(cause);
    }
    if (oncePerEntry) {
      notes.add("charged once an entry");
      if (method.isMain()) {
        notes.add("main is an entry as long as it runs: what it calls on its thread takes none");
      }
    }
    if (method.has(Opcodes.ACC_SYNCHRONIZED)) {
      notes.add("waits while it holds its monitor");
    }
    if (BEGIN_LATER.contains(method.returnType())) {
      notes.add("limited at the call, not when its result begins");
    }
    return String.join("; ", notes);
  }
}
