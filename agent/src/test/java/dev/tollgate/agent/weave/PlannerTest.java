package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.jmx.WovenMethod;
import dev.tollgate.limiter.Outcome;
import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
  private static final int PUBLIC = Opcodes.ACC_PUBLIC;
  private static final int STATIC = Opcodes.ACC_STATIC;

  private static final Group EACH =
      new Group("p.Api", "send(Ljava/lang/String;I)V", Group.Kind.EACH);

  private final List<Declaration> onType = new ArrayList<>();
  private final List<MethodDeclarations> methods = new ArrayList<>();
  private int version = Opcodes.V17;
  private boolean isEnum;

  @Test
  void aMethodsOwnAnnotationIsWovenWhateverItsAccess() {
    for (int access :
        new int[] {
          0,
          PUBLIC,
          Opcodes.ACC_PRIVATE,
          STATIC,
          Opcodes.ACC_FINAL,
          Opcodes.ACC_STRICT,
          Opcodes.ACC_VARARGS
        }) {
      methods.clear();
      method(access, "send", "(Ljava/lang/String;I)V", limit("a"));
      boolean isOverridable = (access & (Opcodes.ACC_PRIVATE | STATIC | Opcodes.ACC_FINAL)) == 0;
      int group = isOverridable ? 0 : Limit.NO_GROUP;
      ClassPlan plan = plan();
      assertThat(plan.methods().keySet()).containsExactly("send(Ljava/lang/String;I)V");
      assertThat(plan.methods().get("send(Ljava/lang/String;I)V"))
          .isEqualTo(
              new MethodPlan(
                  "send(String,int)",
                  List.of(new Limit("a", 1, Outcome.OWN_TIMEOUT, group)),
                  group == Limit.NO_GROUP ? List.of() : List.of(EACH),
                  4,
                  12));
      assertThat(plan.report().woven())
          .containsExactly(new WovenMethod("p.Api", "send(String,int)", "app", "a", ""));
      assertThat(plan.report().missed()).isEmpty();
    }
  }

  @Test
  void aConstructorsOwnAnnotationIsWoven() {
    method(PUBLIC, "<init>", "(J)V", limit("a"));
    assertThat(plan().methods().get("<init>(J)V").isEntry()).isFalse();
    assertThat(plan().report().woven())
        .containsExactly(new WovenMethod("p.Api", "<init>(long)", "app", "a", ""));
  }

  @Test
  void withoutAnAnnotationNothingIsWovenAndNothingIsSaid() {
    method(PUBLIC, "send", "()V");
    method(PUBLIC | Opcodes.ACC_ABSTRACT, "other", "()V");
    assertThat(plan().methods()).isEmpty();
    assertThat(plan().hasEntries()).isFalse();
    assertThat(plan().report().woven()).isEmpty();
    assertThat(plan().report().missed()).isEmpty();
    assertThat(plan().definitions()).isEmpty();
  }

  @Test
  void whatTheCompilerAddsIsLeftAloneAndNotReported() {
    method(PUBLIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC, "get", "()V", limit("a"));
    method(Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC, "lambda$0", "()V", limit("a"));
    method(PUBLIC, "get", "()I", limit("a"));
    assertThat(plan().methods().keySet()).containsExactly("get()I");
    assertThat(plan().report().missed()).isEmpty();
  }

  @Test
  void theAnnotationOnATypeCoversItsPublicMethodsOnceAnEntry() {
    onType.add(limit("t"));
    method(PUBLIC, "<init>", "()V");
    method(STATIC, "<clinit>", "()V");
    method(PUBLIC, "a", "()V");
    method(PUBLIC | STATIC, "b", "()V");
    method(0, "packagePrivate", "()V");
    method(Opcodes.ACC_PROTECTED, "protectedOne", "()V");
    method(Opcodes.ACC_PRIVATE, "privateOne", "()V");
    method(PUBLIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC, "bridge", "()V");
    ClassPlan plan = plan();
    assertThat(plan.methods().keySet()).containsExactly("a()V", "b()V");
    assertThat(plan.methods().values()).allMatch(MethodPlan::isEntry);
    assertThat(plan.hasEntries()).isTrue();
    assertThat(plan.report().woven())
        .containsExactly(
            new WovenMethod("p.Api", "a()", "app", "t", "charged once an entry"),
            new WovenMethod("p.Api", "b()", "app", "t", "charged once an entry"));
    assertThat(plan.report().missed()).isEmpty();
  }

  @Test
  void aMethodsOwnAnnotationWinsOverItsTypes() {
    onType.add(limit("t"));
    method(PUBLIC, "a", "()V", limit("own"));
    method(PUBLIC, "b", "()V");
    ClassPlan plan = plan();
    assertThat(plan.methods().get("a()V").limits())
        .containsExactly(new Limit("own", 1, Outcome.OWN_TIMEOUT, 0));
    assertThat(plan.methods().get("a()V").isEntry()).isFalse();
    assertThat(plan.methods().get("b()V").limits())
        .containsExactly(new Limit("t", 1, Outcome.OWN_TIMEOUT, 0));
    assertThat(plan.methods().get("b()V").isEntry()).isTrue();
  }

  @Test
  void aTypeWithoutPublicMethodsIsMissed() {
    onType.add(limit("t"));
    method(PUBLIC, "<init>", "()V");
    method(0, "packagePrivate", "()V", limit("own"));
    assertMissed("", "the annotation on the type covers its public methods, and it declares none");
    assertThat(plan().methods().keySet()).containsExactly("packagePrivate()V");
  }

  @Test
  void theMethodsThatEveryEnumHasAreNotCovered() {
    isEnum = true;
    onType.add(limit("t"));
    method(PUBLIC | STATIC, "values", "()[Lp/Api;");
    method(PUBLIC | STATIC, "valueOf", "(Ljava/lang/String;)Lp/Api;");
    method(PUBLIC | STATIC, "values", "(I)[Lp/Api;");
    method(PUBLIC | STATIC, "valueOf", "(Ljava/lang/Object;)Lp/Api;");
    assertThat(plan().methods().keySet())
        .containsExactly("values(I)[Lp/Api;", "valueOf(Ljava/lang/Object;)Lp/Api;");
    isEnum = false;
    assertThat(plan().methods()).hasSize(4);
  }

  @Test
  void abstractMethodsAreNeitherWovenNorMissed() {
    onType.add(limit("t"));
    method(PUBLIC | Opcodes.ACC_ABSTRACT, "a", "()V", limit("a"));
    method(PUBLIC | Opcodes.ACC_ABSTRACT, "b", "()V");
    assertThat(plan().methods()).isEmpty();
    assertThat(plan().report().woven()).isEmpty();
    assertThat(plan().report().missed()).isEmpty();
  }

  @Test
  void nativeMethodsAreMissed() {
    method(PUBLIC | Opcodes.ACC_NATIVE, "a", "()V", limit("a"));
    assertMissed("a()", "a native method has no body to weave; annotate a method that calls it");
    assertThat(plan().methods()).isEmpty();
  }

  @Test
  void suspendFunctionsAreMissedAlsoWhereTheTypeCoversThem() {
    String suspend = "(ILkotlin/coroutines/Continuation;)Ljava/lang/Object;";
    method(PUBLIC, "own", suspend, limit("a"));
    onType.add(limit("t"));
    method(PUBLIC, "covered", suspend);
    assertThat(plan().methods()).isEmpty();
    assertThat(plan().report().missed())
        .extracting(MissedMethod::method)
        .containsExactly("own(int,Continuation)", "covered(int,Continuation)");
    assertThat(plan().report().missed())
        .allMatch(
            missed ->
                missed
                    .why()
                    .equals(
                        "a Kotlin suspend function would take a permit at each resume; annotate a"
                            + " function that calls it"));
  }

  @Test
  void classFilesOlderThanJava7AreMissedMethodByMethod() {
    method(PUBLIC, "a", "()V", limit("a"));
    version = Opcodes.V1_6;
    assertMissed(
        "a()", "its class file has version 50, older than Java 7: compile it for 7 or newer");
    assertThat(plan().methods()).isEmpty();
    version = Opcodes.V1_7;
    assertThat(plan().methods()).hasSize(1);
    assertThat(plan().report().missed()).isEmpty();
  }

  @Test
  void severalLimitsAreWovenInTheirOrderAndTheShortfallIsSaid() {
    method(PUBLIC, "a", "()V", limit("x"), limit("y"));
    assertThat(plan().methods().get("a()V").limits())
        .extracting(Limit::limiter)
        .containsExactly("x", "y");
    assertThat(plan().report().woven()).extracting(WovenMethod::limiter).containsExactly("x", "y");
    assertMissed(
        "a()",
        "several limits: they are taken one after the other, so that a call refused by a later one"
            + " has taken permits of the earlier; all or nothing isn't supported in this version");
  }

  @Test
  void severalLimitsOfATypeAreSaidForEachOfItsMethods() {
    onType.add(limit("x"));
    onType.add(limit("y"));
    method(PUBLIC, "a", "()V");
    method(PUBLIC, "b", "()V");
    method(PUBLIC, "own", "()V", limit("z"));
    assertThat(plan().report().missed())
        .extracting(MissedMethod::method)
        .containsExactly("a()", "b()");
  }

  @Test
  void annotatedParametersAreMissedAndTheMethodIsLimitedAllTheSame() {
    methods.add(
        new MethodDeclarations(
            PUBLIC, "a", "(I)V", List.of(limit("a")), Set.of("Ldev/tollgate/Weight;"), 2, 0));
    methods.add(
        new MethodDeclarations(
            PUBLIC, "b", "(I)V", List.of(limit("a")), Set.of("Ldev/tollgate/LimitKey;"), 2, 0));
    methods.add(
        new MethodDeclarations(
            PUBLIC, "c", "(I)V", List.of(), Set.of("Ldev/tollgate/Weight;"), 2, 0));
    assertThat(plan().methods().keySet()).containsExactly("a(I)V", "b(I)V");
    assertThat(plan().report().missed())
        .containsExactly(
            new MissedMethod(
                "p.Api",
                "a(int)",
                "@Weight isn't supported in this version; each call takes the annotation's"
                    + " weight"),
            new MissedMethod(
                "p.Api",
                "b(int)",
                "@LimitKey isn't supported in this version; all keys share one bucket"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CompletableFuture", "CompletionStage"})
  void asynchronousMethodsAreLimitedButNotAsTheyShouldBe(String returnType) {
    method(PUBLIC, "a", "()Ljava/util/concurrent/" + returnType + ";", limit("a"));
    assertThat(plan().methods()).hasSize(1);
    assertMissed(
        "a()",
        "asynchronous limits aren't supported in this version; the caller waits for the permit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java/util/concurrent/Future", "reactor/core/publisher/Mono", "a/B"})
  void otherReturnTypesAreNoReasonToMissAnything(String returnType) {
    method(PUBLIC, "a", "()L" + returnType + ";", limit("a"));
    assertThat(plan().report().missed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "reactor/core/publisher/Mono, true",
    "org/reactivestreams/Publisher, true",
    "java/util/concurrent/Flow$Publisher, true",
    "java/util/List, false"
  })
  void resultsThatBeginLaterAreNoted(String returnType, boolean later) {
    method(PUBLIC, "a", "()L" + returnType + ";", limit("a"));
    assertThat(plan().report().woven())
        .extracting(WovenMethod::note)
        .containsExactly(later ? "limited at the call, not when its result begins" : "");
  }

  @Test
  void aSynchronizedMethodIsNoted() {
    method(Opcodes.ACC_SYNCHRONIZED, "a", "()V", limit("a"));
    onType.add(limit("t"));
    method(PUBLIC | Opcodes.ACC_SYNCHRONIZED, "b", "()V");
    assertThat(plan().report().woven())
        .extracting(WovenMethod::note)
        .containsExactly(
            "waits while it holds its monitor",
            "charged once an entry; waits while it holds its monitor");
  }

  @Test
  void mainOfAnAnnotatedTypeIsNoted() {
    onType.add(limit("t"));
    method(PUBLIC | STATIC, "main", "([Ljava/lang/String;)V");
    assertThat(plan().report().woven())
        .extracting(WovenMethod::note)
        .containsExactly(
            "charged once an entry; main is an entry as long as it runs: what it calls on its"
                + " thread takes none");
    onType.clear();
    methods.clear();
    method(PUBLIC | STATIC, "main", "([Ljava/lang/String;)V", limit("own"));
    assertThat(plan().report().woven()).extracting(WovenMethod::note).containsExactly("");
  }

  @Test
  void weightAndTimeoutAreTakenFromTheAnnotation() {
    method(PUBLIC, "a", "()V", new Declaration("a", 7, "1.5s", "", 0, "", 0));
    method(PUBLIC, "b", "()V", new Declaration("a", 0, "0", "", 0, "", 0));
    method(PUBLIC, "c", "()V", new Declaration("a", Long.MAX_VALUE, "100000d", "", 0, "", 0));
    assertThat(plan().methods().get("a()V").limits())
        .containsExactly(new Limit("a", 7, 1_500_000_000L, 0));
    assertThat(plan().methods().get("b()V").limits()).containsExactly(new Limit("a", 0, 0, 0));
    assertThat(plan().methods().get("c()V").limits())
        .containsExactly(new Limit("a", Long.MAX_VALUE, Outcome.MAX_NANOS / 2, 0));
    assertThat(plan().report().missed()).isEmpty();
  }

  @Test
  void aNegativeWeightTakesOneAndIsMissed() {
    method(PUBLIC, "a", "()V", new Declaration("a", -5, "", "", 0, "", 0));
    assertThat(plan().methods().get("a()V").limits().get(0).weight()).isOne();
    assertMissed("a()", "weight is -5; it must be 0 or more. Each call takes 1");
  }

  @Test
  void aTimeoutThatIsNoneIsMissedAndTheLimitersOwnCounts() {
    method(PUBLIC, "a", "()V", new Declaration("a", 1, "30", "", 0, "", 0));
    assertThat(plan().methods().get("a()V").limits().get(0).timeoutNanos())
        .isEqualTo(Outcome.OWN_TIMEOUT);
    assertMissed(
        "a()",
        "timeout '30' has no unit; write a number with a unit: 250ms, 30s, 1m, 2h, 1d. The"
            + " limiter's own timeout counts");
  }

  @Test
  void anImpossibleNameIsMissedAndStaysAnUnknownLimiter() {
    method(PUBLIC, "a", "()V", limit("no name"));
    assertThat(plan().methods().get("a()V").limits().get(0).limiter()).isEqualTo("no name");
    assertMissed(
        "a()",
        "'no name' can't be a limiter's name, so that each call is one to an unknown limiter: a"
            + " letter first, then letters, digits, '_' or '-'");
  }

  @Test
  void aFallbackIsMissed() {
    method(PUBLIC, "a", "()V", new Declaration("a", 1, "", "other", 0, "", 0));
    assertThat(plan().methods()).hasSize(1);
    assertMissed(
        "a()",
        "fallback 'other': fallbacks aren't supported in this version; a refused call throws");
  }

  @Test
  void definitionsAreReadFromMethodsAndTypes() {
    onType.add(new Declaration("t", 1, "", "", 9, "2h", 0));
    method(PUBLIC, "a", "()V", new Declaration("a", 1, "", "", 5, "1m", 3));
    method(PUBLIC, "b", "()V");
    method(PUBLIC, "c", "()V");
    assertThat(plan().definitions())
        .containsExactly(
            new Definition("t", RateLimitConfig.of(9, Duration.ofHours(2)), ""),
            new Definition("a", RateLimitConfig.of(5, Duration.ofMinutes(1)).withBurst(3), "a()"));
    assertThat(plan().report().missed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "5, \"\", 0, it takes both permits and period",
        "0, 1m, 0, it takes both permits and period",
        "0, \"\", 3, it takes both permits and period",
        "-5, 1m, 0, permits is -5; it must be at least 1",
        "5, 1m, -3, burst is -3; it must be 0 or more",
        "5, 0s, 0, period is 0ns; it must be more than 0 and at most 366d",
        "5, soon, 0, 'soon' is not a duration; write a number with a unit",
        "5, 400d, 0, period is 9600h; it must be more than 0 and at most 366d"
      })
  void aDefinitionThatCannotBeIsMissedAndTheMethodLimitedAllTheSame(
      long permits, String period, long burst, String why) {
    method(PUBLIC, "a", "()V", new Declaration("a", 1, "", "", permits, period, burst));
    assertThat(plan().definitions()).isEmpty();
    assertThat(plan().methods()).hasSize(1);
    assertThat(plan().report().missed())
        .singleElement()
        .satisfies(
            missed ->
                assertThat(missed.why())
                    .startsWith("the definition of limiter 'a' isn't used: " + why));
  }

  private static Declaration limit(String limiter) {
    return new Declaration(limiter, 1, "", "", 0, "", 0);
  }

  private void method(int access, String name, String descriptor, Declaration... own) {
    methods.add(new MethodDeclarations(access, name, descriptor, List.of(own), Set.of(), 4, 12));
  }

  private ClassPlan plan() {
    return Planner.plan(
        new ClassDeclarations("p.Api", version, isEnum, onType, methods), Reached.NOTHING, "app");
  }

  private void assertMissed(String method, String why) {
    assertThat(plan().report().missed()).containsExactly(new MissedMethod("p.Api", method, why));
  }
}
