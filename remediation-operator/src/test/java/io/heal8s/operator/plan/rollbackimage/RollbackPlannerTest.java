// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.rollbackimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.fakecluster.Ask;
import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.fakecluster.Shop;
import io.heal8s.operator.plan.PlanText;
import io.heal8s.operator.plan.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RollbackPlannerTest {

  private static final String IMAGE = "spec.template.spec.containers[name=api].image: ";
  private static final String PROXY = "spec.template.spec.containers[name=proxy].image: ";
  private static final String CRASH =
      "{name: api, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}},"
          + " lastState: {terminated: {exitCode: 1, finishedAt: '2026-03-01T11:59:00Z'}}}";
  private static final String WELL =
      "{name: api, ready: true, restartCount: 0, state: {running: {}}}";

  /** A Deployment whose third revision, half an hour old, has a new image that crashes. */
  private static final class Story {

    private final List<String> documents = new ArrayList<>();
    private String annotations = "";
    private String images = "api:3";
    private @Nullable String proxy;
    private String strategy = "mode: GitOps";
    private String startsAt = "'2026-03-01T11:50:00Z'";
    private Map<String, String> params = Map.of();
    private @Nullable String container;

    static Story usual() {
      return new Story()
          .revision(1, "h1", "2026-02-01T08:00:00Z", "api:1")
          .revision(2, "h2", "2026-02-20T08:00:00Z", "api:2")
          .revision(3, "h3", "2026-03-01T11:30:00Z", "api:3")
          .pod("h3", CRASH);
    }

    Story revision(int number, String hash, String created, String image) {
      return revision(number, hash, created, image, null);
    }

    Story revision(int number, String hash, String created, String image, @Nullable String proxy) {
      documents.removeIf(document -> document.contains("\nmetadata: {name: api-" + hash + ","));
      documents.add(
          """
          apiVersion: apps/v1
          kind: ReplicaSet
          metadata: {name: api-%s, namespace: shop, uid: u-rs-%s, labels: {app: api},
            creationTimestamp: '%s', annotations: {deployment.kubernetes.io/revision: '%d'},
            ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, uid: u-api,
              controller: true}]}
          spec: {template: {spec: {containers: [%s]}}}
          """
              .formatted(hash, hash, created, number, containers(image, proxy)));
      return this;
    }

    Story pod(String hash, String... statuses) {
      documents.add(
          Shop.pod(
              "api-" + hash + "-" + documents.size(),
              hash,
              "2026-03-01T11:31:00Z",
              "",
              "containerStatuses: [" + String.join(", ", statuses) + "]"));
      return this;
    }

    Story noPods() {
      documents.removeIf(document -> document.contains("kind: Pod"));
      return this;
    }

    Story annotated(String image) {
      annotations = ", annotations: {heal8s.io/last-stable-image: '" + image + "'}";
      return this;
    }

    Story image(String image) {
      images = image;
      return this;
    }

    Story withProxy(String image) {
      proxy = image;
      return this;
    }

    Story direct() {
      strategy = "mode: Direct";
      return this;
    }

    Story startsAt(String time) {
      startsAt = time;
      return this;
    }

    Story params(Map<String, String> some) {
      params = some;
      return this;
    }

    Story container(String name) {
      container = name;
      return this;
    }

    private static String containers(String image, @Nullable String proxy) {
      return "{name: api, image: '"
          + image
          + "'}"
          + (proxy == null ? "" : ", {name: proxy, image: '" + proxy + "'}");
    }

    Planning plan() {
      return plan("{repositories: [{forge: git, repository: r, path: 'x/{name}.yaml'}]}");
    }

    Planning plan(String policy) {
      List<String> all = new ArrayList<>(documents);
      all.add(
          Shop.workload("Deployment", containers(images, proxy))
              .replace("generation: 3}", "generation: 3" + annotations + "}"));
      Remediation remediation =
          Shop.remediation(
              "Deployment", container, "RollbackImage", params, strategy, "startsAt: " + startsAt);
      return Ask.plan(FakeCluster.of(all.toArray(String[]::new)), remediation, Shop.policy(policy));
    }
  }

  record Back(Story story, List<String> expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Back> waysBack() {
    return Stream.of(
        new Back(Story.usual(), List.of(IMAGE + "api:3 → api:2"), "the image before"),
        new Back(
            Story.usual().revision(2, "h2", "2026-03-01T11:25:00Z", "api:2"),
            List.of(IMAGE + "api:3 → api:1"),
            "an image that ran for less than ten minutes is no proof"),
        new Back(
            Story.usual().revision(2, "h2", "2026-02-20T08:00:00Z", "api:3"),
            List.of(IMAGE + "api:3 → api:1"),
            "a revision with the same image changes nothing"),
        new Back(
            Story.usual()
                .revision(3, "h1", "2026-02-01T08:00:00Z", "api:1")
                .revision(2, "h2", "2026-02-20T08:00:00Z", "api:2")
                .revision(4, "h3", "2026-03-01T11:30:00Z", "api:3"),
            List.of(IMAGE + "api:3 → api:1"),
            "a revision that somebody went back from is not trusted"),
        new Back(
            Story.usual().pod("h2", CRASH),
            List.of(IMAGE + "api:3 → api:1"),
            "a revision whose pods crash as well is not better"),
        new Back(
            Story.usual().pod("h2", WELL),
            List.of(IMAGE + "api:3 → api:2"),
            "a revision whose pods still run is"),
        new Back(
            Story.usual().annotated("api:1-golden"),
            List.of(IMAGE + "api:3 → api:1-golden"),
            "the annotation says it better than history"),
        new Back(
            Story.usual().annotated("not an image"),
            List.of(IMAGE + "api:3 → api:2"),
            "an annotation that is no image says nothing"),
        new Back(
            Story.usual().direct(),
            List.of(
                IMAGE + "api:3 → api:2",
                "metadata.annotations[\"heal8s.io/attempted-image\"]: null → api:3"),
            "a direct change leaves the image that it took away on the workload"),
        new Back(
            Story.usual().startsAt("null"),
            List.of(IMAGE + "api:3 → api:2"),
            "without the alert's start, the request's time counts"),
        new Back(
            Story.usual().container("api"),
            List.of(IMAGE + "api:3 → api:2"),
            "the named container"));
  }

  static Stream<Back> waysBackOfSeveralContainers() {
    String proxyCrash = CRASH.replace("name: api", "name: proxy");
    String proxyWell = WELL.replace("name: api", "name: proxy");
    Story both =
        Story.usual()
            .noPods()
            .withProxy("mesh:2")
            .revision(2, "h2", "2026-02-20T08:00:00Z", "api:2", "mesh:1")
            .revision(3, "h3", "2026-03-01T11:30:00Z", "api:3", "mesh:2");
    return Stream.of(
        new Back(
            Story.usual()
                .withProxy("mesh:1")
                .noPods()
                .revision(2, "h2", "2026-02-20T08:00:00Z", "api:2", "mesh:1")
                .revision(3, "h3", "2026-03-01T11:30:00Z", "api:3", "mesh:1")
                .pod("h3", CRASH, proxyCrash),
            List.of(IMAGE + "api:3 → api:2"),
            "only the container that changed"),
        new Back(
            both.pod("h3", CRASH, proxyWell),
            List.of(IMAGE + "api:3 → api:2"),
            "only the container that crashes"),
        new Back(
            Story.usual()
                .noPods()
                .withProxy("mesh:2")
                .revision(2, "h2", "2026-02-20T08:00:00Z", "api:2", "mesh:1")
                .revision(3, "h3", "2026-03-01T11:30:00Z", "api:3", "mesh:2")
                .pod("h3", CRASH, proxyCrash),
            List.of(IMAGE + "api:3 → api:2", PROXY + "mesh:2 → mesh:1"),
            "both, if both changed and both crash"),
        new Back(
            Story.usual()
                .noPods()
                .withProxy("mesh:2")
                .annotated("mesh:1")
                .revision(2, "h2", "2026-02-20T08:00:00Z", "api:2", "mesh:1")
                .revision(3, "h3", "2026-03-01T11:30:00Z", "api:3", "mesh:2")
                .pod("h3", CRASH, proxyCrash),
            List.of(PROXY + "mesh:2 → mesh:1"),
            "the annotation is of the container with the same repository"));
  }

  @ParameterizedTest
  @MethodSource({"waysBack", "waysBackOfSeveralContainers"})
  void goesBackOnlyAsFarAsCanBeShown(Back example) {
    assertThat(Shop.show(example.story().plan())).isEqualTo(example.expected());
    assertThat(example.story().plan()).isEqualTo(example.story().plan());
  }

  record Blameless(Story story, String says, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Blameless> blameless() {
    return Stream.of(
        new Blameless(
            Story.usual().revision(3, "h3", "2026-02-28T11:00:00Z", "api:3"),
            "longer ago than rollbackWithin",
            "the revision is more than a day old"),
        new Blameless(
            Story.usual().startsAt("'2026-03-01T11:00:00Z'"),
            "was reported at 2026-03-01T11:00:00Z, before the current template",
            "it crashed before the image came"),
        new Blameless(
            Story.usual().startsAt("null").revision(3, "h3", "2026-03-01T12:30:00Z", "api:3"),
            "before the current template",
            "a newer revision may be the repair already"),
        new Blameless(
            Story.usual().noPods().pod("h3", WELL),
            "no pod of its current template crashes",
            "well"),
        new Blameless(
            Story.usual().noPods(), "no pod of its current template crashes", "no pods at all"),
        new Blameless(
            Story.usual().noPods().pod("h2", CRASH),
            "no pod of its current template crashes",
            "only pods of the old revision crash"),
        new Blameless(
            Story.usual().noPods().pod("h3", CRASH.replace("name: api", "name: istio-proxy")),
            "no pod of its current template crashes",
            "a sidecar that was injected has no image here"),
        new Blameless(
            Story.usual().image("api:4"), "no revision yet", "a rollout is only beginning"),
        new Blameless(
            Story.usual()
                .params(Map.of("rollbackMaxRevisions", "1"))
                .revision(2, "h2", "2026-03-01T11:25:00Z", "api:2"),
            "none of the last 1 revisions",
            "the good one is too far back"),
        new Blameless(
            Story.usual()
                .revision(1, "h1", "2026-02-01T08:00:00Z", "api:3")
                .revision(2, "h2", "2026-02-20T08:00:00Z", "api:3"),
            "none of the last 5 revisions had another image",
            "a change of something else"),
        new Blameless(
            Story.usual().annotated("api:3"),
            "says that its current image api:3 is the stable one",
            "the annotation defends the current image"));
  }

  @ParameterizedTest
  @MethodSource("blameless")
  void blamesNoImageWithoutProof(Blameless example) {
    Planning planning = example.story().plan();
    assertThat(Shop.show(planning)).containsExactly("NoImageToBlame");
    assertThat(Shop.message(planning))
        .contains(example.says())
        .contains("heal8s.io/last-stable-image");
  }

  record Status(String status, boolean crashes, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Status> statuses() {
    String ended = "lastState: {terminated: {exitCode: 137, finishedAt: '%s'}}";
    return Stream.of(
        new Status("state: {waiting: {reason: CrashLoopBackOff}}", true, "crash loop"),
        new Status("state: {waiting: {reason: ImagePullBackOff}}", true, "no such image"),
        new Status("state: {waiting: {reason: ErrImagePull}}", true, "no such image yet"),
        new Status("state: {waiting: {reason: InvalidImageName}}", true, "no image name"),
        new Status("state: {waiting: {reason: CreateContainerError}}", true, "cannot be created"),
        new Status("state: {waiting: {reason: ContainerCreating}}", false, "only starting"),
        new Status("state: {terminated: {exitCode: 2}}", true, "just ended badly"),
        new Status("state: {terminated: {exitCode: 0}}", false, "just ended well"),
        new Status(
            "ready: true, restartCount: 3, state: {running: {}}, "
                + ended.formatted("2026-03-01T11:55:00Z"),
            true,
            "runs again, a moment after its last crash"),
        new Status(
            "ready: true, restartCount: 3, state: {running: {}}, "
                + ended.formatted("2026-03-01T11:35:00Z"),
            false,
            "runs well since long before the request"),
        new Status(
            "ready: false, restartCount: 3, state: {running: {}}, "
                + ended.formatted("2026-03-01T11:35:00Z"),
            true,
            "crashed and is not ready since"),
        new Status(
            "ready: false, restartCount: 0, state: {running: {}}", false, "slow to become ready"),
        new Status(
            "ready: false, restartCount: 1, state: {running: {}},"
                + " lastState: {terminated: {exitCode: 0, finishedAt: '2026-03-01T11:59:00Z'}}",
            false,
            "was asked to stop and did"));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void aCrashIsWhatThePodsSay(Status example) {
    Planning planning =
        Story.usual().noPods().pod("h3", "{name: api, " + example.status() + "}").plan();
    assertThat(Shop.show(planning))
        .containsExactly(example.crashes() ? IMAGE + "api:3 → api:2" : "NoImageToBlame");
  }

  @Test
  void howYoungARevisionMustBeIsThePolicys() {
    String repository = "repositories: [{forge: git, repository: r, path: x.yaml}]";
    assertThat(Shop.show(Story.usual().plan("{rollbackWithin: 20m, " + repository + "}")))
        .containsExactly("NoImageToBlame");
    assertThat(Shop.show(Story.usual().plan("{rollbackWithin: 31m, " + repository + "}")))
        .containsExactly(IMAGE + "api:3 → api:2");
  }

  @Test
  void theProofIsWrittenDownAndTheWayBackCanBeTakenBack() {
    assertThat(Story.usual().plan())
        .isInstanceOfSatisfying(
            Planning.Planned.class,
            planned -> {
              assertThat(planned.target().container()).isEqualTo("api");
              assertThat(PlanText.hasUndo(planned.plan())).isTrue();
              assertThat(planned.plan().preconditions())
                  .contains(
                      "Revision 3 (api-h3), created at 2026-03-01T11:30:00Z, is the current one,"
                          + " and api crashes in its pods.",
                      "Revision 2 (api-h2) was the current one for at least 10 minutes.");
            });
  }

  @Test
  void theHistoryOfAStatefulSetIsInItsControllerRevisions() {
    String pod =
        Shop.pod(
                "api-0", "api-h2", "2026-03-01T11:31:00Z", "", "containerStatuses: [" + CRASH + "]")
            .replace("pod-template-hash", "controller-revision-hash")
            .replace(
                "kind: ReplicaSet, name: api-api-h2, uid: u-rs-api-h2",
                "kind: StatefulSet, name: api, uid: u-api");
    Planning planning =
        Shop.plan(
            Shop.direct("StatefulSet", null, "RollbackImage", Map.of()),
            Shop.workload("StatefulSet", "{name: api, image: 'api:2'}"),
            controllerRevision(1, "api-h1", "2026-02-01T08:00:00Z", "api:1"),
            controllerRevision(2, "api-h2", "2026-03-01T11:30:00Z", "api:2"),
            pod);
    assertThat(Shop.show(planning)).first().isEqualTo(IMAGE + "api:2 → api:1");
  }

  @Test
  void aDaemonSetsPodsNameTheirRevisionByItsTail() {
    String pod =
        Shop.pod("api-x", "h2", "2026-03-01T11:31:00Z", "", "containerStatuses: [" + CRASH + "]")
            .replace("pod-template-hash", "controller-revision-hash")
            .replace(
                "kind: ReplicaSet, name: api-h2, uid: u-rs-h2",
                "kind: DaemonSet, name: api, uid: u-api");
    Planning planning =
        Shop.plan(
            Shop.direct("DaemonSet", null, "RollbackImage", Map.of()),
            Shop.workload("DaemonSet", "{name: api, image: 'api:2'}"),
            controllerRevision(1, "api-h1", "2026-02-01T08:00:00Z", "api:1"),
            controllerRevision(2, "api-h2", "2026-03-01T11:30:00Z", "api:2"),
            pod);
    assertThat(Shop.show(planning)).first().isEqualTo(IMAGE + "api:2 → api:1");
  }

  private static String controllerRevision(int number, String name, String created, String image) {
    return """
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata: {name: %s, namespace: shop, uid: u-%s, labels: {app: api},
          creationTimestamp: '%s',
          ownerReferences: [{apiVersion: apps/v1, kind: Any, name: api, uid: u-api,
            controller: true}]}
        revision: %d
        data: {spec: {template: {spec: {containers: [{name: api, image: '%s'}]}}}}
        """
        .formatted(name, name, created, number, image);
  }

  @Test
  void whatHasNoRevisionsIsRefused() {
    String cronJob =
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: api, namespace: shop, uid: u}\n";
    assertThat(
            Shop.show(Shop.plan(Shop.direct("CronJob", null, "RollbackImage", Map.of()), cronJob)))
        .containsExactly("UnsupportedTarget");
  }

  @Test
  void aContainerThatIsNotThereIsNamed() {
    assertThat(Shop.show(Story.usual().container("web").plan()))
        .containsExactly("ContainerNotFound");
  }
}
