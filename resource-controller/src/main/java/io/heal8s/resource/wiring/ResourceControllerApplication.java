// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.boot.Heal8sApplication;
import io.heal8s.core.boot.InformersAutoConfiguration;
import io.heal8s.core.boot.KubernetesAutoConfiguration;
import io.heal8s.core.boot.LoopsAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The resource controller. Nothing of it needs a cluster. */
@SpringBootConfiguration
@EnableAutoConfiguration(
    exclude = {
      DataSourceAutoConfiguration.class,
      DataSourceTransactionManagerAutoConfiguration.class,
      // Its page of errors would be one more shape of them.
      ErrorMvcAutoConfiguration.class,
      KubernetesAutoConfiguration.class,
      InformersAutoConfiguration.class,
      LoopsAutoConfiguration.class
    })
@Import({
  EngineConfiguration.class,
  StoreConfiguration.class,
  PluginConfiguration.class,
  ProgramConfiguration.class,
  InputConfiguration.class,
  AccessConfiguration.class,
  NotificationConfiguration.class,
  RestConfiguration.class
})
public class ResourceControllerApplication {

  /** Starts the service. */
  public static void main(String[] args) {
    Heal8sApplication.run(ResourceControllerApplication.class, args);
  }
}
