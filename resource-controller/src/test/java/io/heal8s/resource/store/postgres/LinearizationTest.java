// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.store.postgres.Call.Answer;
import io.heal8s.resource.store.postgres.Call.Ask;
import io.heal8s.resource.store.postgres.Call.Seen;
import io.heal8s.resource.store.postgres.Call.Word;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judge of the store's model test finds what it shall find. */
class LinearizationTest {

  private static final Seen NEW = new Seen(7, 1, 1, 1, "", List.of("instant"), false);
  private static final Seen TWO = NEW.wanting(2, "");
  private static final Seen THREE = NEW.wanting(3, "");
  private static final Call CREATED = call(0, 1, new Ask.Create(), new Answer(Word.YES, NEW));

  private static Call call(long from, long until, Ask ask, Answer answer) {
    return new Call(ask, answer, from, until);
  }

  private static Call set(
      long from, long until, int size, @Nullable Long revision, Word word, Seen seen) {
    return call(from, until, new Ask.Update(7, size, "", revision), new Answer(word, seen));
  }

  @Test
  void callsBesideEachOtherMayBeInEitherOrder() {
    Call two = set(2, 9, 2, null, Word.YES, THREE.wanting(2, ""));
    Call three = set(3, 8, 3, null, Word.YES, THREE);

    assertThat(Linearization.problem(List.of(CREATED, two, three))).isEmpty();
  }

  @Test
  void callsAfterEachOtherMayNot() {
    Call two = set(2, 3, 2, null, Word.YES, THREE.wanting(2, ""));
    Call three = set(4, 5, 3, null, Word.YES, THREE);

    assertThat(Linearization.problem(List.of(CREATED, two, three)))
        .hasValueSatisfying(story -> assertThat(story).startsWith("1 of 3 calls"));
  }

  @Test
  void aLostUpdateIsFound() {
    Call two = set(2, 9, 2, 1L, Word.YES, TWO);
    Call three = set(3, 8, 3, 1L, Word.YES, THREE);

    assertThat(Linearization.problem(List.of(CREATED, two, three))).isPresent();
    assertThat(Linearization.problem(List.of(CREATED, two, set(3, 8, 3, 1L, Word.CONFLICT, TWO))))
        .isEmpty();
  }

  @Test
  void aStaleReadIsFound() {
    Call two = set(2, 3, 2, null, Word.YES, TWO);

    assertThat(
            Linearization.problem(
                List.of(CREATED, two, call(4, 5, new Ask.Find(7), new Answer(Word.YES, NEW)))))
        .isPresent();
  }

  @Test
  void theWorkersPurgeWhatIsDeletedAndNothingElse() {
    Call gone = call(4, 5, new Ask.Find(7), Answer.of(Word.NONE));
    Call marked =
        call(
            2,
            3,
            new Ask.Delete(7, null),
            new Answer(Word.YES, NEW.revised(NEW.finalizers(), true)));
    Seen held = NEW.revised(List.of("billing", "instant"), false);
    Call holding =
        call(1, 2, new Ask.Finalizers(7, Set.of("billing"), Set.of()), new Answer(Word.YES, held));
    Call heldBack =
        call(
            2,
            3,
            new Ask.Delete(7, null),
            new Answer(Word.YES, held.revised(held.finalizers(), true)));

    assertThat(Linearization.problem(List.of(CREATED, marked, gone))).isEmpty();
    assertThat(Linearization.problem(List.of(CREATED, gone))).isPresent();
    assertThat(Linearization.problem(List.of(CREATED, holding, heldBack, gone))).isPresent();
  }

  @Test
  void twoOfOneNameAreFound() {
    Seen other = new Seen(8, 1, 1, 1, "", List.of("instant"), false);

    assertThat(
            Linearization.problem(
                List.of(CREATED, call(0, 2, new Ask.Create(), new Answer(Word.YES, other)))))
        .isPresent();
  }
}
