// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.cluster;

import io.heal8s.dev.controlplane.Parts;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Keeps the clusters of the run in JUnit's root store, which closes them at its end. */
final class RealClusterExtension implements BeforeAllCallback, ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RealClusterExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    RealCluster wanted = annotationOf(context);
    SharedCluster shared = shared(context, wanted.parts());
    for (String path : wanted.apply()) {
      shared.applyOnce(path);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestCluster.class;
  }

  /** Each class has one namespace, and each test method one of its own. */
  @Override
  public TestCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SharedCluster shared = shared(context, annotationOf(context).parts());
    // Named by the context, because a store also looks into those of its parents.
    String key = context.getUniqueId();
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(key, _ -> shared.inFreshNamespace(), TestCluster.class);
  }

  private static SharedCluster shared(ExtensionContext context, Parts parts) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(parts, SharedCluster::new, SharedCluster.class);
  }

  private static RealCluster annotationOf(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
      var found = AnnotationSupport.findAnnotation(type, RealCluster.class);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalStateException(testClass.getName() + " has no @RealCluster");
  }
}
