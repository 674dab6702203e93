package org.sightmill.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LicenseTermsTest {
  @ParameterizedTest
  @CsvSource({
    "MIT, OPEN",
    "CC BY-SA 4.0, OPEN",
    "GPL-3.0, OPEN",
    "Apache-2.0, OPEN",
    "CC BY-NC 4.0, NON_COMMERCIAL",
    "cc-by-nc-sa-4.0, NON_COMMERCIAL",
    "Non-Commercial use only, NON_COMMERCIAL",
    "Apache-2.0 label; academic research and education only, NON_COMMERCIAL",
    "registration; do not redistribute, NON_COMMERCIAL",
    "'', UNKNOWN"
  })
  void readsTheTermsFromTheText(String license, LicenseTerms terms) {
    assertThat(LicenseTerms.of(license)).isEqualTo(terms);
  }
}
