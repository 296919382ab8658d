// SPDX-License-Identifier: Apache-2.0
/**
 * Runs GitLab pipelines. The answer to a start names the pipeline, and every pipeline carries the
 * key of its dispatch as a variable, by which one is found whose start was never recorded. The
 * address of GitLab and the token come from the operator alone; a resource can change neither.
 */
@NullMarked
package io.heal8s.resource.plugin.action.gitlab;

import org.jspecify.annotations.NullMarked;
