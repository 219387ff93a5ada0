package org.mlxspring.hosts.busy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.context.ApplicationContext;

/** The host's own slice tests go on working with the starter on the class path. */
@DataJpaTest
class BusySliceTest {

    @Autowired
    private TicketRepository tickets;

    @Autowired
    private ApplicationContext context;

    @Test
    void aSliceOfTheHostHoldsTheHostAlone() {
        tickets.saveAndFlush(new Ticket("sliced"));
        assertThat(tickets.count()).isEqualTo(1);
        assertThat(context.getBeanProvider(Datasets.class).getIfAvailable()).isNull();
    }
}
