package dev.tollgate.health.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReusableHeapTest {
  @Test
  void whatACollectionFreedCanBeReused() {
    assertThat(ReusableHeap.between(300, 120, 400)).isEqualTo(180);
  }

  @Test
  void whatIsCommittedNoMoreIsNotThereToBeReused() {
    assertThat(ReusableHeap.between(300, 120, 200)).isEqualTo(80);
    assertThat(ReusableHeap.between(300, 120, 100)).isZero();
  }

  @Test
  void aCollectionThatFreedNothingLeavesNothing() {
    assertThat(ReusableHeap.between(0, 0, 400)).isZero();
    assertThat(ReusableHeap.between(120, 121, 400)).isZero();
  }
}
