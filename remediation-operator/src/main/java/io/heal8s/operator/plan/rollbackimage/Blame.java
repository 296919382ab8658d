// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.rollbackimage;

import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.DurationText;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.plan.WorkloadPods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The judgement over one workload: is its current image to blame, and what ran before?
 *
 * @param request what is asked
 * @param workload the workload
 * @param history its revisions
 * @param pods its live pods
 * @param maxRevisions how many earlier revisions are looked at
 */
record Blame(
    PlanRequest request, Workload workload, History history, WorkloadPods pods, int maxRevisions) {

  /** How long an earlier image must have run to be trusted (DESIGN, "Plan"). */
  private static final Duration PROVEN = Duration.ofMinutes(10);

  private static final String CONTAINERS = ".spec.containers";

  Draft draft() {
    Map<String, String> images = Revision.images(workload.live(), workload.template() + CONTAINERS);
    Optional<Revision> newest = history.current();
    if (newest.isEmpty() || !newest.get().images().equals(images)) {
      return blameless("its newest template has no revision yet");
    }
    Revision current = newest.get();
    Instant asked = Timestamps.asked(request.remediation());
    if (current.created().isBefore(asked.minus(request.policy().rollbackWithin()))) {
      return blameless(
          "its current template is of "
              + current.created()
              + ", longer ago than rollbackWithin of the policy ("
              + DurationText.text(request.policy().rollbackWithin())
              + ")");
    }
    Instant reported = RollbackPlanner.reported(request);
    if (reported.isBefore(current.created())) {
      return blameless(
          "the crash was reported at "
              + reported
              + ", before the current template of "
              + current.created());
    }
    Set<String> crashing = crashing(current, asked);
    if (crashing.isEmpty()) {
      return blameless("no pod of its current template crashes" + ofNamed());
    }
    return wayBack(current, images, crashing, asked);
  }

  private Set<String> crashing(Revision revision, Instant asked) {
    Set<String> crashing = new TreeSet<>(Crash.containers(podsOf(revision), asked));
    // A sidecar that was injected into the pods has no image here that could go back.
    crashing.retainAll(revision.images().keySet());
    if (request.target().container() != null) {
      crashing.retainAll(Set.of(request.target().container()));
    }
    return crashing;
  }

  private WorkloadPods podsOf(Revision revision) {
    return new WorkloadPods(
        pods.pods().stream()
            .filter(pod -> revision.made(WorkloadPods.revisionHash(pod), workload.live().name()))
            .toList());
  }

  private Draft wayBack(
      Revision current, Map<String, String> images, Set<String> crashing, Instant asked) {
    Optional<StableImage> stable = StableImage.of(workload.live(), crashing, images);
    if (stable.isPresent()) {
      String container = stable.get().container();
      return stable.get().image().equals(images.get(container))
          ? blameless(
              "the annotation "
                  + Annotations.LAST_STABLE_IMAGE
                  + " says that its current image "
                  + stable.get().image()
                  + " is the stable one")
          : draft(
              current,
              images,
              Map.of(container, stable.get().image()),
              "The annotation "
                  + Annotations.LAST_STABLE_IMAGE
                  + " still says "
                  + stable.get().image()
                  + ".");
    }
    for (Revision earlier : history.earlier(maxRevisions)) {
      Map<String, String> back = changed(earlier, images, crashing);
      boolean proven = history.wasCurrent(earlier).compareTo(PROVEN) >= 0;
      if (!back.isEmpty() && proven && !crashes(earlier, back.keySet(), asked)) {
        return draft(
            current,
            images,
            back,
            "Revision "
                + earlier.number()
                + " ("
                + earlier.name()
                + ") was the current one for at least "
                + PROVEN.toMinutes()
                + " minutes.");
      }
    }
    return blameless(
        "none of the last "
            + maxRevisions
            + " revisions had another image for "
            + String.join(", ", crashing)
            + " and was the current one for "
            + PROVEN.toMinutes()
            + " minutes");
  }

  private boolean crashes(Revision revision, Set<String> containers, Instant asked) {
    return Crash.containers(podsOf(revision), asked).stream().anyMatch(containers::contains);
  }

  private static Map<String, String> changed(
      Revision earlier, Map<String, String> images, Set<String> crashing) {
    Map<String, String> back = new TreeMap<>();
    for (String container : crashing) {
      String image = earlier.images().get(container);
      if (image != null && !image.isEmpty() && !image.equals(images.get(container))) {
        back.put(container, image);
      }
    }
    return back;
  }

  private Draft draft(
      Revision current, Map<String, String> images, Map<String, String> back, String proof) {
    List<Change> changes = new ArrayList<>();
    new TreeMap<>(back)
        .forEach(
            (container, image) ->
                changes.add(
                    Change.of(
                        workload.containerField(container, "image"),
                        images.get(container),
                        image,
                        ValueType.string)));
    if (request.remediation().spec().strategy().modeOrDefault() == Mode.Direct) {
      changes.add(attempted(changes.getFirst()));
    }
    String crash =
        "Revision "
            + current.number()
            + " ("
            + current.name()
            + "), created at "
            + current.created()
            + ", is the current one, and "
            + String.join(", ", new TreeSet<>(back.keySet()))
            + " crashes in its pods.";
    return new Draft.Changes(
        back.size() == 1 ? back.keySet().iterator().next() : null,
        changes,
        List.of(crash, proof),
        null);
  }

  /** The first release left the image that it took away on the workload; git has its own memory. */
  private Change attempted(Change image) {
    String path = "metadata.annotations[\"" + Annotations.ATTEMPTED_IMAGE + "\"]";
    String before = workload.live().text(path);
    return Change.of(path, before.isEmpty() ? null : before, image.before(), ValueType.string);
  }

  private String ofNamed() {
    String named = request.target().container();
    return named == null ? "" : " in container " + named;
  }

  private Draft blameless(String why) {
    return Draft.refused(
        PlanReason.NoImageToBlame,
        "no image of "
            + workload.show()
            + " can be blamed: "
            + why
            + "; go back by hand, or name the good image in its annotation "
            + Annotations.LAST_STABLE_IMAGE);
  }
}
