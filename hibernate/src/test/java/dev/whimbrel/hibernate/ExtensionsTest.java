package dev.whimbrel.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tells the types and functions of extensions from columns and tables of the same name. */
class ExtensionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create table users (email citext not null, primary key (id)) | citext",
        "create table t (\"path\" ltree) | ltree",
        "create table t (id uuid default uuid_generate_v4() not null) | uuid-ossp",
        "create table t (e vector(3)) | vector",
        "create table t (at geometry(Point,4326)) | postgis"
      })
  void findsTheExtension(String statement, String extension) {
    assertThat(Extensions.needed(List.of(statement)))
        .isEqualTo("create extension if not exists \"" + extension + "\";\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table vector (cube integer, digest varchar(255), primary key (digest))",
        "create index i on cube (ltree)",
        "create table t (id uuid default gen_random_uuid())",
        "create table t (kind varchar(255) check (kind in ('citext','hstore')))"
      })
  void findsNothingWhereNoneIsUsed(String statement) {
    assertThat(Extensions.needed(List.of(statement))).isEmpty();
  }
}
