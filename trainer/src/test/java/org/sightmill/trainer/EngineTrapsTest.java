package org.sightmill.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Doors of DJL that stay shut because of what lies behind them; the README's table of traps says
 * what. Each rule is also held against a class that breaks it.
 */
class EngineTrapsTest {
  /** Their number becomes a Java buffer that the graph keeps and the collector frees. */
  private static final Set<String> KEEPING_A_NUMBER =
      Set.of(
          "mul", "muli", "div", "divi", "pow", "powi", "mod", "modi", "maximum", "minimum", "eq",
          "gt", "lt");

  // Read once: finding out what a class refers to takes seconds.
  private static final JavaClasses TRAINER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.sightmill.trainer");
  private static final JavaClasses CARELESS = new ClassFileImporter().importClasses(Careless.class);
  private static final JavaClasses CAREFUL = new ClassFileImporter().importClasses(Careful.class);

  private static final ArchRule NO_NUMBER_IN_A_GRAPH =
      noClasses().should().callMethodWhere(calls(NDArray.class, KEEPING_A_NUMBER, Number.class));

  private static final ArchRule NO_BFLOAT_BY_NAME =
      noClasses().should().accessField(DataType.class, "BFLOAT16");

  private static final ArchRule NO_COLLECTOR =
      noClasses().should().callMethod(Engine.class, "newGradientCollector");

  private static final ArchRule NO_MULTINOMIAL =
      noClasses()
          .should()
          .callMethodWhere(calls(NDManager.class, Set.of("randomMultinomial"), int.class));

  private static final ArchRule NO_TEXT_GENERATOR =
      noClasses().should().dependOnClassesThat().resideInAPackage("ai.djl.modality.nlp.generate..");

  private static final ArchRule NO_WHOLE_FILE_READER =
      noClasses().should().callMethodWhere(called(NDList.class, Set.of("decode")));

  private static DescribedPredicate<JavaMethodCall> calls(
      Class<?> owner, Set<String> names, Class<?> parameter) {
    return called(owner, names)
        .and(
            DescribedPredicate.describe(
                "take a " + parameter.getSimpleName(),
                (JavaMethodCall call) ->
                    call.getTarget().getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(parameter))));
  }

  private static DescribedPredicate<JavaMethodCall> called(Class<?> owner, Set<String> names) {
    return DescribedPredicate.describe(
        "call %s of %s".formatted(names, owner.getSimpleName()),
        (JavaMethodCall call) ->
            call.getTargetOwner().isAssignableTo(owner) && names.contains(call.getName()));
  }

  /** Goes through every door; never run. */
  static final class Careless {
    NDArray everything(NDManager manager, NDArray x, byte[] file) throws Exception {
      Engine.getInstance().newGradientCollector();
      NDList.decode(manager, file);
      manager.randomMultinomial(1, x);
      return x.mul(2).toType(DataType.BFLOAT16, true);
    }

    Class<?> generator() {
      return ai.djl.modality.nlp.generate.SearchConfig.class;
    }
  }

  /** Uses what is safe. */
  static final class Careful {
    NDArray safe(NDManager manager, NDArray x) {
      return x.mul(manager.zeros(new Shape(1))).add(2);
    }
  }

  static Stream<Named<ArchRule>> rules() {
    return Stream.of(
        Named.of("no number in a graph", NO_NUMBER_IN_A_GRAPH),
        Named.of("no bfloat16 by name", NO_BFLOAT_BY_NAME),
        Named.of("no gradient collector", NO_COLLECTOR),
        Named.of("no multinomial of the manager's", NO_MULTINOMIAL),
        Named.of("no text generator", NO_TEXT_GENERATOR),
        Named.of("no reader of whole files", NO_WHOLE_FILE_READER));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theDoorStaysShutAndTheRuleSeesItOpen(ArchRule rule) {
    rule.check(TRAINER);
    assertThat(rule.evaluate(CARELESS).hasViolation()).isTrue();
    assertThat(rule.evaluate(CAREFUL).hasViolation()).isFalse();
  }

  @Test
  void theRulesSeeTheWholeModule() {
    assertThat(TRAINER.size()).isGreaterThan(200);
  }
}
