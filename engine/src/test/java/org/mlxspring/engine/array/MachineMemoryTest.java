package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachineMemoryTest {

    private static final long GIGABYTE = 1_000_000_000;

    @AfterEach
    void noLimit() {
        System.clearProperty(MachineMemory.LIMIT);
    }

    @Test
    void leavesATenthToOthersAndMoreOnASmallMachine() {
        assertThat(machine(64 * GIGABYTE).limit()).isEqualTo(57_600_000_000L);
        assertThat(machine(4 * GIGABYTE).limit()).isEqualTo(3 * GIGABYTE);
        assertThat(machine(GIGABYTE).limit()).isEqualTo(GIGABYTE / 2);
    }

    @Test
    void aDeviceOfItsOwnCountsInPlaceOfTheMachine() {
        MachineMemory card = new MachineMemory(16 * GIGABYTE, OptionalLong.of(80 * GIGABYTE), OptionalLong.empty());

        assertThat(card.limit()).isEqualTo(76 * GIGABYTE);
        assertThat(card.available(6 * GIGABYTE)).isEqualTo(70 * GIGABYTE);
    }

    @Test
    void whatAPersonSetsWins() {
        System.setProperty(MachineMemory.LIMIT, "8GB");

        assertThat(MachineMemory.ofMachine().limit()).isEqualTo(8 * GIGABYTE);
        assertThat(MachineMemory.ofDevice().available(3 * GIGABYTE)).isEqualTo(5 * GIGABYTE);
    }

    @Test
    void asksTheMachine() {
        MachineMemory machine = MachineMemory.ofMachine();

        assertThat(machine.total()).isGreaterThan(100_000_000);
        assertThat(machine.limit()).isBetween(1L, machine.total());
        assertThat(machine.available(0)).isBetween(1L, machine.limit());
    }

    @Test
    void aLimitThatIsNoSizeIsNamed() {
        System.setProperty(MachineMemory.LIMIT, "much");

        assertThatThrownBy(MachineMemory::ofMachine)
                .hasMessage("mlx.memory.limit is 'much'; it must be a number of bytes, or one with MB or GB.");
    }

    @Test
    void sizesAreWrittenInThreeDigitsOrSo() {
        assertThat(ByteSize.text(812_400_000)).isEqualTo("812 MB");
        assertThat(ByteSize.text(1_432_000_000)).isEqualTo("1.43 GB");
        assertThat(ByteSize.text(70_480_000_000L)).isEqualTo("70.5 GB");
        assertThat(ByteSize.parse("x", "1.5G")).isEqualTo(1_500_000_000);
    }

    private static MachineMemory machine(long total) {
        return new MachineMemory(total, OptionalLong.empty(), OptionalLong.empty());
    }
}
