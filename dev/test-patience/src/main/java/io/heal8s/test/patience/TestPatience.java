// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.patience;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long {@code await()} waits where a test does not say: a minute. On a machine that starts
 * several control planes and JVMs at once the usual ten seconds are what one pause of a process
 * takes; a test that waits for what never comes fails all the same. Found by the platform's service
 * loader, so it holds in every module that has this one on its test class path.
 */
public final class TestPatience implements LauncherSessionListener {

  private static final Duration USUAL = Duration.ofMinutes(1);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(USUAL);
  }
}
