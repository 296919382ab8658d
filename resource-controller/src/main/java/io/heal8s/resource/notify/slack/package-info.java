// SPDX-License-Identifier: Apache-2.0
/** Tells a Slack channel, through an incoming webhook. */
@NullMarked
package io.heal8s.resource.notify.slack;

import org.jspecify.annotations.NullMarked;
