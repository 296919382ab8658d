// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.testing.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'kind':'ConfigMap'} | Ready",
        "{'kind':'ConfigMap','metadata':{'deletionTimestamp':'x'}} | Waiting[why=is being deleted]",
        "{'kind':'Deployment','metadata':{'generation':2},'status':{'observedGeneration':1}} | Waiting[why=its controller has not seen it yet]",
        "{'kind':'Deployment','spec':{'replicas':2}} | Waiting[why=its controller has not seen it yet]",
        "{'kind':'Deployment','spec':{'replicas':2},'status':{'observedGeneration':1,'replicas':2,'updatedReplicas':2,'availableReplicas':1}} | Waiting[why=1 of 2 ready]",
        "{'kind':'Deployment','spec':{'replicas':2},'status':{'observedGeneration':1,'replicas':3,'updatedReplicas':2,'availableReplicas':2}} | Waiting[why=1 old pods are left]",
        "{'kind':'Deployment','spec':{'replicas':2},'status':{'observedGeneration':1,'replicas':2,'updatedReplicas':2,'availableReplicas':2}} | Ready",
        "{'kind':'Deployment','spec':{'replicas':0},'status':{'observedGeneration':1}} | Ready",
        "{'kind':'Deployment','status':{'observedGeneration':1,'conditions':[{'type':'Progressing','reason':'ProgressDeadlineExceeded'}]}} | Broken[why=its rollout exceeded the progress deadline]",
        "{'kind':'StatefulSet','spec':{'replicas':3},'status':{'updatedReplicas':3,'readyReplicas':2}} | Waiting[why=2 of 3 ready]",
        "{'kind':'DaemonSet','status':{'observedGeneration':1,'desiredNumberScheduled':1,'updatedNumberScheduled':1,'numberReady':1}} | Ready",
        "{'kind':'Job','status':{}} | Waiting[why=is not complete]",
        "{'kind':'Job','status':{'conditions':[{'type':'Complete','status':'True'}]}} | Ready",
        "{'kind':'Job','status':{'conditions':[{'type':'Failed','status':'True','message':'limit'}]}} | Broken[why=failed: limit]",
        "{'kind':'Pod','status':{'phase':'Pending'}} | Waiting[why=is not Ready]",
        "{'kind':'PersistentVolumeClaim','status':{'phase':'Pending'}} | Waiting[why=is Pending]",
        "{'kind':'CustomResourceDefinition'} | Waiting[why=is not Established]",
        "{'kind':'Thing','status':{'conditions':[{'type':'Ready','status':'False','message':'no'}]}} | Waiting[why=is not Ready: no]",
        "{'kind':'Thing','status':{'conditions':[{'type':'Ready','status':'True'}]}} | Ready",
      })
  void anObject(String object, String expected) {
    assertThat(Readiness.of(Samples.json(object.replace('\'', '"'))).toString())
        .startsWith(expected);
  }
}
