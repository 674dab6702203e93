package org.sightmill.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the trainer module. ArchUnit fails a rule whose packages match nothing. */
@AnalyzeClasses(
    packages = "org.sightmill.trainer",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String BASE = "org.sightmill.trainer";
  private static final String PIPELINE = "org.sightmill.pipeline";

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching(BASE + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheEngineSeesPyTorch =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl.pytorch..");

  @ArchTest
  static final ArchRule onlyTheDistributedPartSeesSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".distributed..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule ofThePipelineOnlyTheVerifierIsKnown =
      noClasses()
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are of the pipeline outside sample, answer and prompt",
                  (JavaClass c) ->
                      JavaClass.Predicates.resideInAPackage(PIPELINE + "..").test(c)
                          && !JavaClass.Predicates.resideInAnyPackage(
                                  PIPELINE + ".sample..",
                                  PIPELINE + ".answer..",
                                  PIPELINE + ".prompt..")
                              .test(c)));
}
