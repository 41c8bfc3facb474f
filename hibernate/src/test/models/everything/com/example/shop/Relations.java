package com.example.shop;

import jakarta.persistence.*;
import jakarta.persistence.Table;
import java.util.*;
import jakarta.persistence.ForeignKey;
import org.hibernate.annotations.*;

@Entity
@Table(name = "\"User\"", schema = "crm")
@SecondaryTable(name = "user_profile", schema = "crm", pkJoinColumns = @PrimaryKeyJoinColumn(name = "user_id"))
class User {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "user_ids")
  @SequenceGenerator(name = "user_ids", sequenceName = "user_ids", schema = "crm", allocationSize = 1, initialValue = 100)
  Long id;
  @Column(table = "user_profile", length = 2000) String biography;
  @Embedded Address home;
  @Embedded
  @AttributeOverride(name = "street", column = @Column(name = "work_street"))
  @AttributeOverride(name = "city", column = @Column(name = "work_city"))
  Address work;
  @ElementCollection @CollectionTable(name = "user_emails") Set<String> emails;
  @ElementCollection @OrderColumn List<Address> addresses;
  @ElementCollection @MapKeyColumn(name = "key", length = 40) @Enumerated(EnumType.STRING) Map<String, Colour> labels;
  @OneToMany(mappedBy = "owner") List<Item> items;
  @ManyToMany @JoinTable(name = "user_friends") Set<User> friends;
  @OneToOne(optional = false) 
  @JoinColumns(
      value = {
        @JoinColumn(name = "desk_floor", referencedColumnName = "floor"),
        @JoinColumn(name = "desk_number", referencedColumnName = "number")
      },
      foreignKey = @ForeignKey(name = "user_desk"))
  Desk desk;
  @ManyToOne @OnDelete(action = OnDeleteAction.SET_NULL) User manager;
}

@Embeddable
class Address {
  String street;
  String city;
}

@Entity
@SoftDelete
class Item {
  @Id @GeneratedValue(strategy = GenerationType.UUID) UUID id;
  @ManyToOne(fetch = FetchType.LAZY, optional = false) @OnDelete(action = OnDeleteAction.CASCADE) User owner;
  @OneToMany Set<Tag> tags;
}

@Entity
class Tag {
  @Id @Column(length = 30) String name;
  @NaturalId String slug;
}

@Embeddable
class DeskKey implements java.io.Serializable {
  int floor;
  int number;
  public boolean equals(Object o) { return o instanceof DeskKey k && k.floor == floor && k.number == number; }
  public int hashCode() { return floor * 31 + number; }
}

@Entity
class Desk {
  @EmbeddedId DeskKey key;
  @ManyToOne @JoinColumn(name = "building", foreignKey = @ForeignKey(value = ConstraintMode.NO_CONSTRAINT)) Tag building;
}

@Entity
@IdClass(Visit.Key.class)
@Table(uniqueConstraints = @UniqueConstraint(name = "visit_once", columnNames = {"item_id", "place"}))
class Visit {
  @Id @ManyToOne Item item;
  @Id int turn;
  String place;

  static class Key implements java.io.Serializable {
    UUID item;
    int turn;
    public boolean equals(Object o) { return o instanceof Key k && k.turn == turn && item.equals(k.item); }
    public int hashCode() { return turn; }
  }
}

@Entity
class Profile {
  @Id Long id;
  @MapsId @OneToOne User user;
}
