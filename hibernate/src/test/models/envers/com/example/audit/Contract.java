package com.example.audit;

import jakarta.persistence.*;
import java.util.Set;
import org.hibernate.envers.Audited;

@Entity
@Audited
public class Contract {
  @Id @GeneratedValue Long id;
  String subject;
  @ElementCollection Set<String> parties;
}
