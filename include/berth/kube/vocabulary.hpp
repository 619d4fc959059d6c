#pragma once

/// \file
/// The kinds of the Kubernetes vocabulary, one line each: whatever lists kinds (registries, and with them
/// discovery, tables, OpenAPI, protobuf, namespaces, garbage collection) reads this list.

#include <berth/kube/admissionregistration/mutating_webhook_configuration/kind.hpp>
#include <berth/kube/admissionregistration/validating_webhook_configuration/kind.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/kind.hpp>
#include <berth/kube/apps/controller_revision/kind.hpp>
#include <berth/kube/apps/daemon_set/kind.hpp>
#include <berth/kube/apps/deployment/kind.hpp>
#include <berth/kube/apps/replica_set/kind.hpp>
#include <berth/kube/apps/stateful_set/kind.hpp>
#include <berth/kube/authentication/self_subject_review/kind.hpp>
#include <berth/kube/authentication/token_review/kind.hpp>
#include <berth/kube/authorization/local_subject_access_review/kind.hpp>
#include <berth/kube/authorization/self_subject_access_review/kind.hpp>
#include <berth/kube/authorization/self_subject_rules_review/kind.hpp>
#include <berth/kube/authorization/subject_access_review/kind.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/kind.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/kind.hpp>
#include <berth/kube/batch/cron_job/kind.hpp>
#include <berth/kube/batch/job/kind.hpp>
#include <berth/kube/certificates/certificate_signing_request/kind.hpp>
#include <berth/kube/coordination/lease/kind.hpp>
#include <berth/kube/core/component_status/kind.hpp>
#include <berth/kube/core/config_map/kind.hpp>
#include <berth/kube/core/endpoints/kind.hpp>
#include <berth/kube/core/event/kind.hpp>
#include <berth/kube/core/limit_range/kind.hpp>
#include <berth/kube/core/namespace/kind.hpp>
#include <berth/kube/core/node/kind.hpp>
#include <berth/kube/core/persistent_volume/kind.hpp>
#include <berth/kube/core/persistent_volume_claim/kind.hpp>
#include <berth/kube/core/pod/kind.hpp>
#include <berth/kube/core/pod_template/kind.hpp>
#include <berth/kube/core/replication_controller/kind.hpp>
#include <berth/kube/core/resource_quota/kind.hpp>
#include <berth/kube/core/secret/kind.hpp>
#include <berth/kube/core/service/kind.hpp>
#include <berth/kube/core/service_account/kind.hpp>
#include <berth/kube/discovery/endpoint_slice/kind.hpp>
#include <berth/kube/events/event_v1/kind.hpp>
#include <berth/kube/networking/ingress/kind.hpp>
#include <berth/kube/networking/ingress_class/kind.hpp>
#include <berth/kube/networking/network_policy/kind.hpp>
#include <berth/kube/node/runtime_class/kind.hpp>
#include <berth/kube/policy/pod_disruption_budget/kind.hpp>
#include <berth/kube/rbac/cluster_role/kind.hpp>
#include <berth/kube/rbac/cluster_role_binding/kind.hpp>
#include <berth/kube/rbac/role/kind.hpp>
#include <berth/kube/rbac/role_binding/kind.hpp>
#include <berth/kube/scheduling/priority_class/kind.hpp>
#include <berth/kube/storage/csi_driver/kind.hpp>
#include <berth/kube/storage/csi_node/kind.hpp>
#include <berth/kube/storage/csi_storage_capacity/kind.hpp>
#include <berth/kube/storage/storage_class/kind.hpp>

namespace berth::kube {

/// Gives `take` the function that describes each kind, in the order in which discovery shows them. (The
/// includes above are written by `tests/frame/lists.py --write`.)
template <class Take> auto vocabulary(Take const& take) -> void {
    take(component_status_kind);               // v1 ComponentStatus
    take(config_map_kind);                     // v1 ConfigMap
    take(endpoints_kind);                      // v1 Endpoints
    take(event_kind);                          // v1 Event
    take(limit_range_kind);                    // v1 LimitRange
    take(namespace_kind);                      // v1 Namespace
    take(node_kind);                           // v1 Node
    take(persistent_volume_kind);              // v1 PersistentVolume
    take(persistent_volume_claim_kind);        // v1 PersistentVolumeClaim
    take(pod_kind);                            // v1 Pod
    take(pod_template_kind);                   // v1 PodTemplate
    take(replication_controller_kind);         // v1 ReplicationController
    take(resource_quota_kind);                 // v1 ResourceQuota
    take(secret_kind);                         // v1 Secret
    take(service_account_kind);                // v1 ServiceAccount
    take(service_kind);                        // v1 Service
    take(custom_resource_definition_kind);     // apiextensions.k8s.io/v1 CustomResourceDefinition
    take(controller_revision_kind);            // apps/v1 ControllerRevision
    take(daemon_set_kind);                     // apps/v1 DaemonSet
    take(deployment_kind);                     // apps/v1 Deployment
    take(replica_set_kind);                    // apps/v1 ReplicaSet
    take(stateful_set_kind);                   // apps/v1 StatefulSet
    take(mutating_webhook_configuration_kind); // admissionregistration.k8s.io/v1 MutatingWebhookConfiguration
    take(validating_webhook_configuration_kind); // admissionregistration.k8s.io/v1
                                                 // ValidatingWebhookConfiguration
    take(self_subject_review_kind);              // authentication.k8s.io/v1 SelfSubjectReview
    take(token_review_kind);                     // authentication.k8s.io/v1 TokenReview
    take(local_subject_access_review_kind);      // authorization.k8s.io/v1 LocalSubjectAccessReview
    take(self_subject_access_review_kind);       // authorization.k8s.io/v1 SelfSubjectAccessReview
    take(self_subject_rules_review_kind);        // authorization.k8s.io/v1 SelfSubjectRulesReview
    take(subject_access_review_kind);            // authorization.k8s.io/v1 SubjectAccessReview
    take(horizontal_pod_autoscaler_kind);        // autoscaling/v2 HorizontalPodAutoscaler
    take(horizontal_pod_autoscaler_v1_kind);     // autoscaling/v1 HorizontalPodAutoscaler
    take(cron_job_kind);                         // batch/v1 CronJob
    take(job_kind);                              // batch/v1 Job
    take(certificate_signing_request_kind);      // certificates.k8s.io/v1 CertificateSigningRequest
    take(lease_kind);                            // coordination.k8s.io/v1 Lease
    take(endpoint_slice_kind);                   // discovery.k8s.io/v1 EndpointSlice
    take(event_v1_kind);                         // events.k8s.io/v1 Event
    take(ingress_kind);                          // networking.k8s.io/v1 Ingress
    take(ingress_class_kind);                    // networking.k8s.io/v1 IngressClass
    take(network_policy_kind);                   // networking.k8s.io/v1 NetworkPolicy
    take(runtime_class_kind);                    // node.k8s.io/v1 RuntimeClass
    take(pod_disruption_budget_kind);            // policy/v1 PodDisruptionBudget
    take(cluster_role_kind);                     // rbac.authorization.k8s.io/v1 ClusterRole
    take(cluster_role_binding_kind);             // rbac.authorization.k8s.io/v1 ClusterRoleBinding
    take(role_kind);                             // rbac.authorization.k8s.io/v1 Role
    take(role_binding_kind);                     // rbac.authorization.k8s.io/v1 RoleBinding
    take(priority_class_kind);                   // scheduling.k8s.io/v1 PriorityClass
    take(csi_driver_kind);                       // storage.k8s.io/v1 CSIDriver
    take(csi_node_kind);                         // storage.k8s.io/v1 CSINode
    take(csi_storage_capacity_kind);             // storage.k8s.io/v1 CSIStorageCapacity
    take(storage_class_kind);                    // storage.k8s.io/v1 StorageClass
}

} // namespace berth::kube
