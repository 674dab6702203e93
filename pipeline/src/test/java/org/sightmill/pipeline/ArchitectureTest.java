package org.sightmill.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the pipeline module. ArchUnit fails a rule whose packages match nothing. */
@AnalyzeClasses(
    packages = "org.sightmill.pipeline",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String BASE = "org.sightmill.pipeline";

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching(BASE + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule stepsDoNotSeeOneAnother =
      slices()
          .matching(BASE + ".(collect|caption|distill|rewrite|verify|curate)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule pureCoreSeesNeitherSparkNorDjl =
      noClasses()
          .that()
          .resideInAnyPackage(
              BASE + ".sample..", BASE + ".answer..", BASE + ".prompt..", BASE + ".teacher..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "ai.djl..");

  @ArchTest static final ArchRule sampleIsPlainJdk = onlyOn(BASE + ".sample..", "java..");

  @ArchTest
  static final ArchRule answerNeedsTheJdkAndApfloatOnly =
      onlyOn(BASE + ".answer..", "java..", "org.apfloat..", BASE + ".sample..");

  @ArchTest
  static final ArchRule promptIsPlainJdk =
      onlyOn(BASE + ".prompt..", "java..", BASE + ".check..", BASE + ".sample..");

  @ArchTest static final ArchRule checkIsPlainJdk = onlyOn(BASE + ".check..", "java..");

  @ArchTest
  static final ArchRule mllibLivesInQuality =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".quality..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark.ml..", "org.apache.spark.mllib..");

  @ArchTest
  static final ArchRule nothingKnowsTheOtherModules =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.sightmill.trainer..", "org.sightmill.jobs..", "ai.djl..");

  private static ArchRule onlyOn(String thePackage, String... allowed) {
    return classes()
        .that()
        .resideInAPackage(thePackage)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are in " + String.join(", ", allowed),
                (JavaClass c) ->
                    c.isPrimitive()
                        || c.isArray()
                        || JavaClass.Predicates.resideInAPackage(thePackage).test(c)
                        || JavaClass.Predicates.resideInAnyPackage(allowed).test(c)));
  }
}
