package dev.whimbrel.graph;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.revision.Draft;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.sql.Checksum;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All revisions of a directory and how they follow each other; immutable and thread-safe.
 *
 * <p>A revision's parents are its lineage. What it depends on must be applied before it and cannot
 * be taken back before it, but is no lineage: branches, labels and relative steps don't see it.
 * Repeatable revisions have no lineage: they are neither heads nor bases. Sets and lists that are
 * returned keep the order of {@link #revisions}.
 */
public final class Graph {
  private final List<Revision> revisions;
  private final Map<String, Integer> numbers;
  private final Map<String, Revision> labelled;
  private final Links links;
  private final BitSet versions = new BitSet();

  private Graph(List<Revision> revisions, Map<String, Revision> labelled, Links links) {
    this.revisions = revisions;
    this.labelled = Map.copyOf(labelled);
    this.links = links;
    this.numbers = new HashMap<>(revisions.size() * 2);
    for (Revision revision : revisions) {
      versions.set(numbers.size(), !revision.isRepeatable());
      numbers.put(revision.id(), numbers.size());
    }
  }

  /**
   * Links revisions, given in any order.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_GRAPH} if an id or label is there twice,
   *     a parent or dependency is missing, or there is a cycle
   */
  public static Graph of(List<Revision> revisions) {
    GraphBuilder builder = new GraphBuilder(revisions);
    List<Revision> sorted = builder.sorted();
    return new Graph(sorted, builder.labels(), builder.link(sorted));
  }

  /** All revisions, each after what it revises or depends on; otherwise by time of writing. */
  public List<Revision> revisions() {
    return revisions;
  }

  /** The revision with exactly this id. */
  public Optional<Revision> find(String id) {
    Integer number = numbers.get(id);
    return number == null ? Optional.empty() : Optional.of(revisions.get(number));
  }

  /** Those that no other one revises. */
  public List<String> heads() {
    return idsWhere(number -> versions.get(number) && links.children(number).length == 0);
  }

  /** Those that no other version revises or depends on: with them applied, all are. */
  public List<String> realHeads() {
    return List.copyOf(ids(links.tips(versions)));
  }

  /** Those that revise nothing. */
  public List<String> bases() {
    return idsWhere(number -> versions.get(number) && links.parents(number).length == 0);
  }

  /** Those that run again whenever they have changed. */
  public List<String> repeatables() {
    return idsWhere(number -> !versions.get(number));
  }

  /** Those that several others revise. */
  public List<String> branchPoints() {
    return idsWhere(number -> links.children(number).length > 1);
  }

  /** Those that revise several others. */
  public List<String> merges() {
    return idsWhere(number -> links.parents(number).length > 1);
  }

  /** What revises this one. */
  public List<String> children(String id) {
    return IntStream.of(links.children(number(id))).mapToObj(this::id).toList();
  }

  /** These revisions and all they need, dependencies included. */
  public Set<String> ancestors(Collection<String> ids) {
    return ids(links.ancestors(bits(ids)));
  }

  /** These revisions and all that need them, dependencies included. */
  public Set<String> descendants(Collection<String> ids) {
    return ids(links.descendants(bits(ids)));
  }

  /**
   * The heads of a database to which exactly these revisions are applied: those that no other one
   * of them revises or depends on.
   */
  public Set<String> headsOf(Collection<String> applied) {
    return ids(links.tips(versions(bits(applied))));
  }

  /**
   * The labels of the branch a revision is on. A label names the revision that carries it, all that
   * descends from it, and what leads to it down to the nearest branch point or merge.
   */
  public Set<String> labels(String id) {
    int number = number(id);
    Set<String> labels = new TreeSet<>();
    labelled.forEach((label, revision) -> {
      if (isOnBranch(number, number(revision.id()))) {
        labels.add(label);
      }
    });
    return labels;
  }

  /** The id of the revision that carries a label. */
  public Optional<String> labelled(String label) {
    return Optional.ofNullable(labelled.get(label)).map(Revision::id);
  }

  /** For each revision the hash over its checksum and its parents' hashes. */
  public Map<String, String> chains() {
    Map<String, String> chains = new LinkedHashMap<>();
    for (Revision revision : revisions) {
      List<String> parents = new ArrayList<>(revision.revises().size());
      for (String parent : revision.revises()) {
        parents.add(chains.getOrDefault(parent, ""));
      }
      chains.put(revision.id(), Checksum.chain(parents, revision.checksum()));
    }
    return chains;
  }

  /**
   * What is wrong with HEAD, absent if it names exactly the heads.
   *
   * @param named the ids in the file, null if there is no file
   * @param file the file's path as shown
   */
  public Optional<Problem> headProblem(@Nullable List<String> named, String file) {
    Set<String> heads = new TreeSet<>(heads());
    if (heads.isEmpty() && named == null) {
      return Optional.empty();
    }
    if (named != null && new TreeSet<>(named).equals(heads)) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(ErrorCode.E_GRAPH, named == null ? "graph.no-head-file" : "graph.head-differs")
            .with("named", named == null || named.isEmpty() ? "nothing" : String.join(", ", named))
            .with("heads", heads.isEmpty() ? "nothing" : String.join(", ", heads))
            .with("file", file)
            .at(named == null ? null : Place.of(file))
            .build());
  }

  /**
   * The revision that joins these, or all heads if none are given.
   *
   * @param addresses of two or more revisions
   * @throws dev.whimbrel.error.WhimbrelException {@code E_GRAPH} if there is nothing to merge,
   *     {@code E_ADDRESS} for an unknown address
   */
  public Draft merge(List<String> addresses) {
    Resolver resolver = new Resolver(this, List.of());
    Set<String> parents = new LinkedHashSet<>(addresses.isEmpty() ? heads() : List.of());
    addresses.forEach(address -> parents.addAll(resolver.places(Address.parse(address))));
    if (parents.size() < 2) {
      throw Problem.of(ErrorCode.E_GRAPH, "graph.nothing-to-merge")
          .with("heads", parents.isEmpty() ? "none" : String.join(", ", parents))
          .toException();
    }
    return Draft.merge(List.copyOf(parents));
  }

  /**
   * The revisions an address names; none for {@code base}.
   *
   * @param current the database's heads, for {@code current} and relative addresses
   * @throws dev.whimbrel.error.WhimbrelException {@code E_ADDRESS} or {@code E_MULTIPLE_HEADS}
   */
  public List<Revision> resolve(String address, Collection<String> current) {
    return revisions(new Resolver(this, current).places(Address.parse(address)));
  }

  /**
   * The revisions of a range {@code a:b}, both ends included, oldest first; a missing end is the
   * base or the heads. In {@code a:+N} the steps count from a, in {@code -N:b} from b.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_ADDRESS} or {@code E_MULTIPLE_HEADS}
   */
  public List<Revision> range(String range, Collection<String> current) {
    return revisions(new Ranges(this, current).resolve(range));
  }

  /**
   * What has to be applied to come to a target, in order; none if all is.
   *
   * @param current the database's heads, or all revisions applied to it
   * @throws dev.whimbrel.error.WhimbrelException {@code E_ADDRESS} or {@code E_MULTIPLE_HEADS}
   */
  public List<Move> upgrade(Collection<String> current, String target) {
    return upgrade(current, List.of(), target);
  }

  /**
   * What has to be applied to come to a target, in order; none if all is.
   *
   * @param current the database's heads, or all revisions applied to it
   * @param again applied ones that are repeatable and have changed; they run where the target has
   *     all heads
   * @throws dev.whimbrel.error.WhimbrelException {@code E_ADDRESS} or {@code E_MULTIPLE_HEADS}
   */
  public List<Move> upgrade(Collection<String> current, Collection<String> again, String target) {
    return new Paths(this, current).up(Address.parse(target), bits(again));
  }

  /**
   * What has to be taken back to come to a target, in order; none if nothing is above it.
   *
   * @param current the database's heads, or all revisions applied to it
   * @throws dev.whimbrel.error.WhimbrelException {@code E_ADDRESS} or {@code E_MULTIPLE_HEADS}
   */
  public List<Move> downgrade(Collection<String> current, String target) {
    return new Paths(this, current).down(Address.parse(target));
  }

  Links links() {
    return links;
  }

  Set<String> labels() {
    return labelled.keySet();
  }

  String id(int number) {
    return revisions.get(number).id();
  }

  int number(String id) {
    Integer number = numbers.get(id);
    if (number == null) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.not-in-files").with("id", id).toException();
    }
    return number;
  }

  /** Those of the numbers that are not repeatable. */
  BitSet versions(BitSet numbers) {
    BitSet rest = (BitSet) numbers.clone();
    rest.and(versions);
    return rest;
  }

  BitSet bits(Collection<String> ids) {
    BitSet bits = new BitSet(revisions.size());
    ids.forEach(id -> bits.set(number(id)));
    return bits;
  }

  Set<String> ids(BitSet bits) {
    Set<String> ids = new LinkedHashSet<>();
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      ids.add(id(i));
    }
    return ids;
  }

  List<Revision> revisions(Collection<String> ids) {
    return bits(ids).stream().mapToObj(revisions::get).toList();
  }

  private boolean isOnBranch(int number, int labelledNumber) {
    if (links.lineageDescendants(Links.bit(labelledNumber)).get(number)) {
      return true;
    }
    int at = labelledNumber;
    while (links.neededBy(at).length <= 1 && links.parents(at).length == 1) {
      at = links.parents(at)[0];
      if (at == number) {
        return links.neededBy(at).length <= 1 && links.parents(at).length <= 1;
      }
    }
    return false;
  }

  private List<String> idsWhere(java.util.function.IntPredicate wanted) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < revisions.size(); i++) {
      if (wanted.test(i)) {
        ids.add(id(i));
      }
    }
    return ids;
  }
}
