package org.mlxspring.hosts.busy;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "tickets")
class Ticket {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String subjectLine = "";

    protected Ticket() {}

    Ticket(String subjectLine) {
        this.subjectLine = subjectLine;
    }

    String subjectLine() {
        return subjectLine;
    }
}
