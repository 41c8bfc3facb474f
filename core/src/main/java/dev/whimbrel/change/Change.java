package dev.whimbrel.change;

import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TypeContent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One difference between two schemas, in the direction from the first to the second. */
public sealed interface Change {

  /** What it is about, as it is called before the change; after it for something new. */
  FactId object();

  /** The stable name of its kind, such as {@code AddColumn}, {@code DropTable}. */
  default String kind() {
    return ChangeKind.of(this);
  }

  /** The change that takes this one back, as far as the schema goes. */
  Change inverse();

  /**
   * What the inverse cannot bring back, such as {@code data in public.users.phone}; empty when
   * nothing is lost.
   */
  default Optional<String> lost() {
    return Optional.empty();
  }

  /** Whether data goes with it that the inverse cannot bring back. */
  default boolean losesData() {
    return lost().isPresent();
  }

  /**
   * Something new.
   *
   * @param parts facts that come with it, in canonical order: the columns of a table
   */
  record Create(Fact fact, List<Fact> parts) implements Change {
    public Create {
      parts = List.copyOf(parts);
    }

    @Override
    public FactId object() {
      return fact.id();
    }

    @Override
    public Change inverse() {
      return new Drop(fact, parts);
    }
  }

  /**
   * Something goes.
   *
   * @param parts facts that go with it without being mentioned, in canonical order
   */
  record Drop(Fact fact, List<Fact> parts) implements Change {
    public Drop {
      parts = List.copyOf(parts);
    }

    @Override
    public FactId object() {
      return fact.id();
    }

    @Override
    public Change inverse() {
      return new Create(fact, parts);
    }

    @Override
    public Optional<String> lost() {
      return Stream.concat(Stream.of(fact), parts.stream())
          .filter(Drop::holdsData)
          .findFirst()
          .map(holder -> "data in " + holder.id().display());
    }

    private static boolean holdsData(Fact fact) {
      return fact.kind() == Kind.TABLE
          || (fact.content() instanceof TableContent.Column column && column.generated() == null);
    }
  }

  /**
   * The same thing with another content, changed in place.
   *
   * @param parts facts that are changed with it: the columns of a type that is replaced
   */
  record Alter(Fact before, Fact after, List<Fact> parts) implements Change {
    public Alter {
      if (!before.id().equals(after.id())) {
        throw new IllegalArgumentException(before.id() + " is not " + after.id());
      }
      parts = List.copyOf(parts);
    }

    @Override
    public FactId object() {
      return before.id();
    }

    @Override
    public Change inverse() {
      return new Alter(after, before, parts);
    }
  }

  /** The same content under another name. */
  record Rename(Fact before, FactId to) implements Change {
    @Override
    public FactId object() {
      return before.id();
    }

    @Override
    public Change inverse() {
      return new Rename(before.withId(to), before.id());
    }
  }

  /**
   * A label of an enum under another name; rows that have it keep it.
   *
   * @param before the enum
   */
  record RenameLabel(Fact before, String from, String to) implements Change {
    public RenameLabel {
      if (!labels(before).contains(from)) {
        throw new IllegalArgumentException(before.id() + " has no label " + from);
      }
    }

    /** The enum afterwards. */
    public Fact after() {
      List<String> labels =
          labels(before).stream().map(label -> label.equals(from) ? to : label).toList();
      return new Fact(before.id(), new TypeContent.EnumType(labels));
    }

    @Override
    public FactId object() {
      return before.id();
    }

    @Override
    public Change inverse() {
      return new RenameLabel(after(), to, from);
    }

    private static List<String> labels(Fact type) {
      return ((TypeContent.EnumType) type.content()).labels();
    }
  }
}
