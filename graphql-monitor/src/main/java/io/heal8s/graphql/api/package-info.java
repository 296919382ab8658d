// SPDX-License-Identifier: Apache-2.0

/**
 * The monitor's own GraphQL interface: what is known of TargetApps, read only. It answers from what
 * is watched and remembered anyway, and asks the API server for Remediations alone. Nothing of it
 * is there unless it is switched on, and nothing that polls ever waits for it.
 */
@NullMarked
package io.heal8s.graphql.api;

import org.jspecify.annotations.NullMarked;
