package dev.whimbrel.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {
  private static final String ORIGINAL =
      "create table t (a text default 'X', \"B\" int);\nselect 1;";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "|create table t (a text default 'X', \"B\" int); select 1|",
        "|CREATE TABLE T\n(\n  A TEXT DEFAULT 'X',\n  \"B\" INT\n);\r\n\r\nSELECT 1 ;;|",
        "|-- c\ncreate/**/table t(a text default 'X',\"B\" int); -- ; \n select 1;|"
      })
  void isTheSameForCommentsWhiteSpaceLineEndsAndCase(String sql) {
    assertThat(checksum(sql)).isEqualTo(checksum(ORIGINAL));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "|create table t (a text default 'x', \"B\" int); select 1|",
        "|create table t (a text default 'X', \"b\" int); select 1|",
        "|create table t (a text default 'X', B int); select 1|",
        "|create table t (a text default 'X ', \"B\" int); select 1|",
        "|create table t (a text default 'X', \"B\" int); select 1; select 1|",
        "|create table t (a text default 'X', \"B\" int) select 1|",
        "|create table t (a text default 'X', \"B\" int); select 11|"
      })
  void isAnotherForAnotherMeaning(String sql) {
    assertThat(checksum(sql)).isNotEqualTo(checksum(ORIGINAL));
  }

  @Test
  void lineEndsInStringsDoNotCountButTheirTextDoes() {
    assertThat(checksum("do $$ a\r\n b $$")).isEqualTo(checksum("do $$ a\n b $$"));
    assertThat(checksum("do $$ a\n  b $$")).isNotEqualTo(checksum("do $$ a\n b $$"));
  }

  @Test
  void operatorsAreNotJoinedOrTornApart() {
    assertThat(checksum("select a<=b")).isEqualTo(checksum("select a <= b"));
    assertThat(checksum("select a< =b")).isNotEqualTo(checksum("select a<=b"));
    assertThat(checksum("select 1--1\n")).isEqualTo(checksum("select 1"));
  }

  @Test
  void rowsOfCopyCount() {
    assertThat(checksum("copy t from stdin;\n1\n\\.\n"))
        .isNotEqualTo(checksum("copy t from stdin;\n2\n\\.\n"))
        .isEqualTo(checksum("COPY t FROM stdin;\r\n1\r\n\\.\r\n"));
  }

  @Test
  void lettersOfAllScriptsAreHashedAsUtf8() {
    assertThat(checksum("select 'ä' as größe")).isNotEqualTo(checksum("select 'a' as große"));
    assertThat(checksum("x".repeat(10_000))).hasSize(64).isNotEqualTo(checksum("x".repeat(9_999)));
  }

  @Test
  void doesNotChangeFromReleaseToRelease() {
    assertThat(checksum(ORIGINAL))
        .isEqualTo("570b7002b586e7321c33626b22b8057c0bbf764a892636f0a28b8166711ddb97");
  }

  @Test
  void theChainDependsOnParentsButNotOnTheirOrder() {
    assertThat(Checksum.chain(List.of("a", "b"), "c"))
        .isEqualTo(Checksum.chain(List.of("b", "a"), "c"))
        .isNotEqualTo(Checksum.chain(List.of("a", "c"), "b"))
        .isNotEqualTo(Checksum.chain(List.of(), "c"));
  }

  private static String checksum(String sql) {
    return Checksum.of(Lexis.postgresql(), sql);
  }
}
