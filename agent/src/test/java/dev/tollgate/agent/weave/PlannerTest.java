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
  private String superName = "java/lang/Object";

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
      MethodPlan send = plan.methods().get("send(Ljava/lang/String;I)V");
      assertThat(send.limits()).containsExactly(new Limit("a", 1, Outcome.OWN_TIMEOUT, group));
      assertThat(send.groups()).isEqualTo(isOverridable ? List.of(EACH) : List.of());
      assertThat(send.signature()).isEqualTo("send(String,int)");
      assertThat(send.mayEndEarly()).isFalse();
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
    assertThat(plan().changesFrames()).isFalse();
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
    assertThat(plan.changesFrames()).isTrue();
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
  void theMethodsThatARecordGetsUnlessItWritesThemAreNotCovered() {
    superName = "java/lang/Record";
    onType.add(limit("t"));
    method(PUBLIC | Opcodes.ACC_FINAL, "equals", "(Ljava/lang/Object;)Z");
    method(PUBLIC | Opcodes.ACC_FINAL, "hashCode", "()I");
    method(PUBLIC | Opcodes.ACC_FINAL, "toString", "()Ljava/lang/String;");
    method(PUBLIC | Opcodes.ACC_FINAL, "toString", "(I)Ljava/lang/String;");
    method(PUBLIC, "hashCode", "()I");
    method(PUBLIC, "part", "()I");
    assertThat(plan().methods().keySet())
        .containsExactly("toString(I)Ljava/lang/String;", "hashCode()I", "part()I");
    superName = "java/lang/Object";
    assertThat(plan().methods()).hasSize(5);
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
  void severalLimitsOfAMethodAreOneCall() {
    method(PUBLIC, "a", "()V", limit("x"), limit("y"));
    assertThat(limits("a()V")).extracting(Limit::limiter).containsExactly("x", "y");
    assertThat(plan().report().woven()).extracting(WovenMethod::limiter).containsExactly("x", "y");
    assertThat(plan().report().missed()).isEmpty();
  }

  @Test
  void parametersAreWeightsAndKeys() {
    method("a", "(IJ)V", List.of(limit("x"), limit("y")), weight(1), key(0));
    assertThat(limits("a(IJ)V"))
        .containsExactly(
            new Limit("x", 1, Outcome.OWN_TIMEOUT, 0, 1, List.of(0)),
            new Limit("y", 1, Outcome.OWN_TIMEOUT, 0, 1, List.of()));
    assertThat(plan().report().missed()).isEmpty();
  }

  @Test
  void aKeyMayNameItsLimits() {
    method(
        "a", "(II)V", List.of(limit("x"), limit("y"), limit("z")), key(0, "y", "z"), key(1, "z"));
    assertThat(limits("a(II)V"))
        .extracting(Limit::keyParameters)
        .containsExactly(List.of(), List.of(0), List.of(0, 1));
    assertThat(plan().report().missed()).isEmpty();
  }

  @Test
  void aKeyThatNamesAnotherLimitIsMissed() {
    method("a", "(I)V", List.of(limit("x")), key(0, "other"));
    assertMissed(
        "a(int)", "@LimitKey names 'other', which doesn't limit this method; it is limited by x");
  }

  @ParameterizedTest
  @CsvSource({
    "Ljava/lang/String;, java.lang.String",
    "D, double",
    "S, short",
    "[I, int[]",
    "Ljava/lang/Number;, java.lang.Number"
  })
  void aWeightOfAnotherTypeIsMissedAndTheAnnotationsCounts(String type, String name) {
    method("a", "(" + type + ")V", List.of(limit("x")), weight(0));
    assertThat(limits("a(" + type + ")V"))
        .extracting(Limit::weightParameter)
        .containsExactly(Limit.NO_PARAMETER);
    assertThat(plan().report().missed())
        .extracting(MissedMethod::why)
        .containsExactly(
            "@Weight is on a parameter of type "
                + name
                + "; it must be int, long, Integer or Long. Each call takes the annotation's"
                + " weight");
  }

  @Test
  void ofSeveralWeightsTheFirstCountsAndTheOthersAreMissed() {
    method("a", "(IJ)V", List.of(limit("x")), weight(0), weight(1));
    assertThat(limits("a(IJ)V")).extracting(Limit::weightParameter).containsExactly(0);
    assertMissed(
        "a(int,long)",
        "@Weight is on several parameters; it must be on one. The first is the weight");
  }

  @Test
  void parametersOfAMethodWithoutLimitsAreMissed() {
    method("a", "(II)V", List.of(), weight(0), key(1));
    assertThat(plan().methods()).isEmpty();
    assertThat(plan().report().missed())
        .extracting(MissedMethod::why)
        .containsExactly(
            "@Weight does nothing: no @RateLimited or rule limits the method",
            "@LimitKey does nothing: no @RateLimited or rule limits the method");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CompletableFuture", "CompletionStage"})
  void methodsThatAnswerWithAFutureAreAsynchronous(String returnType) {
    String descriptor = "()Ljava/util/concurrent/" + returnType + ";";
    method(PUBLIC, "a", descriptor, limit("a"));
    assertThat(plan().methods().get("a" + descriptor).isAsync()).isTrue();
    assertThat(plan().report().missed()).isEmpty();
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
  void anAsynchronousMethodOfTooManyParametersBlocksItsCallerAndIsMissed() {
    String future = ")Ljava/util/concurrent/CompletableFuture;";
    method(STATIC, "many", "(" + "J".repeat(119) + future, limit("a"));
    assertThat(plan().methods().get("many(" + "J".repeat(119) + future).isAsync()).isTrue();
    assertThat(plan().report().missed()).isEmpty();
    methods.clear();
    method(PUBLIC, "tooMany", "(" + "J".repeat(120) + future, limit("a"));
    assertThat(plan().methods().get("tooMany(" + "J".repeat(120) + future).isAsync()).isFalse();
    assertThat(plan().report().missed())
        .singleElement()
        .satisfies(
            missed ->
                assertThat(missed.why())
                    .isEqualTo(
                        "it has too many parameters to be called later, so its caller waits for"
                            + " the permit; pass them in an object"));
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
        "'no name' can't be a limiter's name: a letter first, then letters, digits, '_' or '-'. Each"
            + " call is one to an unknown limiter");
  }

  @Test
  void aFallbackHasTheMethodsOwnShapeOrARefusalMore() {
    method(PUBLIC, "a", "(I)J", new Declaration("a", 1, "", "other", 0, "", 0));
    method(Opcodes.ACC_PRIVATE, "other", "(I)J");
    assertThat(fallback("a(I)J")).isEqualTo(new Fallback(2, "other", "(I)J", null));
    method(STATIC, "other", "(ILjava/lang/Exception;)J");
    assertThat(fallback("a(I)J"))
        .as("the one that is told why")
        .isEqualTo(new Fallback(8, "other", "(ILjava/lang/Exception;)J", "java/lang/Exception"));
    assertThat(plan().report().missed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(I)I",
        "()J",
        "(J)J",
        "(II)J",
        "(ILjava/lang/String;)J",
        "(ILjava/lang/Throwable;I)J"
      })
  void aFallbackOfAnotherShapeIsMissedWithTheOneThatWouldFit(String descriptor) {
    method(PUBLIC, "a", "(I)J", new Declaration("a", 1, "", "other", 0, "", 0));
    method(0, "other", descriptor);
    assertThat(fallback("a(I)J")).isNull();
    assertMissed(
        "a(int)",
        "fallback 'other': the class declares no such method that fits; long other(int) would, or the"
            + " same with a last Throwable. A refused call throws");
  }

  @Test
  void ofSeveralFallbacksTheOneThatIsToldMostCountsWhateverTheirOrder() {
    for (int first = 0; first < 2; first++) {
      methods.clear();
      method(PUBLIC, "a", "()V", new Declaration("a", 1, "", "other", 0, "", 0));
      String[] types = {"java/lang/Throwable", "dev/tollgate/RateLimitExceededException"};
      method(0, "other", "(L" + types[first] + ";)V");
      method(0, "other", "(L" + types[1 - first] + ";)V");
      assertThat(fallback("a()V").refusalType()).isEqualTo(types[1]);
    }
  }

  @Test
  void whatAnOverriderSaysOfItsParametersLeavesTheRestInherited() {
    ParameterDeclaration inherited = new ParameterDeclaration(0, Declaration.WEIGHT, List.of());
    ParameterDeclaration key = key(1);
    assertThat(ParameterDeclaration.inherit(List.of(key), List.of(inherited, key(2))))
        .containsExactly(key, inherited);
    assertThat(ParameterDeclaration.inherit(List.of(), List.of(inherited)))
        .containsExactly(inherited);
  }

  @Test
  void aStaticMethodsFallbackIsStatic() {
    method(STATIC, "a", "()V", new Declaration("a", 1, "", "other", 0, "", 0));
    method(0, "other", "()V");
    assertMissed(
        "a()",
        "fallback 'other': the class declares no such method that fits; static void other() would, or"
            + " the same with a last Throwable. A refused call throws");
  }

  @Test
  void aConstructorHasNoFallback() {
    method(PUBLIC, "<init>", "()V", new Declaration("a", 1, "", "other", 0, "", 0));
    assertMissed(
        "<init>()",
        "fallback 'other': a constructor has none, since it can't make another object; a refused"
            + " call throws");
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
        "5, soon, 0, period 'soon' is not a duration; write a number with a unit",
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
    methods.add(
        new MethodDeclarations(
            access,
            name,
            descriptor,
            List.of(own),
            List.of(),
            4,
            12,
            null,
            false,
            List.of(),
            false));
  }

  private void method(
      String name, String descriptor, List<Declaration> own, ParameterDeclaration... parameters) {
    methods.add(
        new MethodDeclarations(
            PUBLIC,
            name,
            descriptor,
            own,
            List.of(parameters),
            4,
            12,
            null,
            false,
            List.of(),
            false));
  }

  private static ParameterDeclaration weight(int parameter) {
    return new ParameterDeclaration(parameter, Declaration.WEIGHT, List.of());
  }

  private static ParameterDeclaration key(int parameter, String... limiters) {
    return new ParameterDeclaration(parameter, Declaration.LIMIT_KEY, List.of(limiters));
  }

  private List<Limit> limits(String method) {
    return plan().methods().get(method).limits();
  }

  private Fallback fallback(String method) {
    return plan().methods().get(method).fallback();
  }

  private ClassPlan plan() {
    return Planner.plan(
        new ClassDeclarations(
            "p.Api",
            version,
            isEnum ? Opcodes.ACC_ENUM : 0,
            superName,
            false,
            Set.of(),
            onType,
            methods),
        Reached.NOTHING,
        "app");
  }

  private void assertMissed(String method, String why) {
    assertThat(plan().report().missed()).containsExactly(new MissedMethod("p.Api", method, why));
  }
}
