package org.sightmill.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the jobs module. */
@AnalyzeClasses(
    packages = "org.sightmill.jobs",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("org.sightmill.jobs.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theEngineStaysInTheTrainer =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.sightmill.trainer.engine..");
}
