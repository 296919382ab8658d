// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Key;
import io.heal8s.resource.plugin.InputSink.Origin;
import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.InputSink.Receipt.Accepted;
import io.heal8s.resource.plugin.InputSink.Receipt.Fault;
import io.heal8s.resource.plugin.InputSink.Receipt.Refused;
import io.heal8s.resource.plugin.InputSink.Wanted;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.RealSink;
import io.heal8s.resource.testing.Samples;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which resource a delivery means, where its type has versions. */
@ExtendWith(PostgresExtension.class)
class DeliveriesTest {

  private static final Key V1 = new Key("Database", "v1", "a");
  private static final Key V2 = new Key("Database", "v2", "a");
  private static final Key OTHER = new Key("Cache", "v1", "a");

  private RealSink stored;
  private InputSink queue;
  private InputSink git;

  @BeforeEach
  void start(Database database) {
    stored = new RealSink(database);
    stored.alsoKeep("Cache");
    queue = stored.of("rabbitmq");
    git = stored.of("git");
  }

  @AfterEach
  void stop() {
    stored.close();
  }

  private static Wanted wanted(Key key, String spec, @Nullable String source) {
    return new Wanted(
        key,
        "instant",
        Samples.json(spec),
        Samples.json("{}"),
        Map.of(),
        source == null ? null : new Origin(source, "a.yaml"));
  }

  private static Fault fault(Receipt receipt) {
    assertThat(receipt).isInstanceOf(Refused.class);
    return ((Refused) receipt).fault();
  }

  @Test
  void aMessageMayComeInEitherOfTwoVersionsThatAreStoredAlike() {
    assertThat(queue.apply(wanted(V1, "{\"size\":1}", null))).isEqualTo(new Accepted());
    stored.storeAsV2();
    assertThat(queue.apply(wanted(V2, "{\"gigabytes\":2}", null))).isEqualTo(new Accepted());
    assertThat(stored.sizes()).isEqualTo(Map.of("a", 2));
    stored.migrate();
    assertThat(queue.apply(wanted(V1, "{\"size\":3}", null))).isEqualTo(new Accepted());
    assertThat(stored.sizes()).isEqualTo(Map.of("a", 3));
    assertThat(queue.delete(V1, null)).isEqualTo(new Accepted());
    assertThat(stored.sizes()).isEmpty();
  }

  @Test
  void aDeletionInAVersionThatStandsApartIsNotTakenForDone() {
    queue.apply(wanted(V1, "{\"size\":1}", null));
    stored.storeAsV2();
    stored.migrate();
    stored.forgetConversions();
    Receipt receipt = queue.delete(V1, null);
    assertThat(fault(receipt)).isEqualTo(Fault.IDENTITY);
    assertThat(receipt.toString()).contains("Database/v1 a is not what is stored as Database/v2");
    assertThat(stored.sizes()).isEqualTo(Map.of("a", 1));
    assertThat(queue.delete(V2, null)).isEqualTo(new Accepted());
    assertThat(queue.delete(V1, null)).as("being deleted already").isEqualTo(new Accepted());
  }

  @Test
  void aDeletionOfAnotherTypeDeletesNothing() {
    queue.apply(wanted(V1, "{\"size\":1}", null));
    assertThat(queue.delete(OTHER, null)).as("there is none").isEqualTo(new Accepted());
    assertThat(stored.sizes()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void whatMeansNoResourceAndCanMakeNoneIsAFaultOfItsIdentity() {
    git.apply(wanted(V1, "{\"size\":1}", "s"));
    for (Key each :
        List.of(
            OTHER,
            new Key("Database", "v7", "a"),
            new Key("Database", "v7", "b"),
            new Key("Database", "v1", "b/b"))) {
      assertThat(fault(git.apply(wanted(each, "{\"size\":2}", "s")))).isEqualTo(Fault.IDENTITY);
    }
    assertThat(fault(git.apply(wanted(V1, "{\"size\":\"big\"}", "s")))).isEqualTo(Fault.CONTENT);
    assertThat(fault(git.apply(wanted(V1, "{\"size\":2}", "t")))).isEqualTo(Fault.CONTENT);
  }

  @Test
  void whatIsNamedInWhateverVersionOrTypeIsNotGone() {
    git.apply(wanted(V1, "{\"size\":1}", "s"));
    stored.storeAsV2();
    stored.migrate();
    for (Key each : List.of(V1, V2, OTHER, new Key("Database", "v7", "a"))) {
      assertThat(git.gone("s", List.of(each))).as(each.toString()).isEmpty();
    }
    assertThat(git.gone("s", List.of())).isEqualTo(Map.of(V2, "a.yaml"));
    assertThat(git.gone("t", List.of())).as("of another source").isEmpty();
  }

  @Test
  void aSourceTakesBackWhatItDeliveredInWhateverVersionThatIsStored() {
    git.apply(wanted(V1, "{\"size\":1}", "s"));
    stored.storeAsV2();
    stored.migrate();
    stored.forgetConversions();
    assertThat(git.state(V1)).as("it is there until it is destroyed").isPresent();
    assertThat(fault(git.delete(V2, "t"))).as("not another's").isEqualTo(Fault.CONTENT);
    assertThat(stored.sizes()).isEqualTo(Map.of("a", 1));
    assertThat(git.delete(V1, "s")).isEqualTo(new Accepted());
    assertThat(stored.sizes()).isEmpty();
    assertThat(git.state(V1)).hasValueSatisfying(state -> assertThat(state.deleting()).isTrue());
  }
}
