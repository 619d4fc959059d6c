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

#include <tuple>

namespace berth::kube {

/// What describes each kind, in the order in which discovery shows them. (The includes above are written by
/// `tests/frame/lists.py --write`.)
inline constexpr auto vocabulary = std::tuple{
    &component_status_kind,                 // v1 ComponentStatus
    &config_map_kind,                       // v1 ConfigMap
    &endpoints_kind,                        // v1 Endpoints
    &event_kind,                            // v1 Event
    &limit_range_kind,                      // v1 LimitRange
    &namespace_kind,                        // v1 Namespace
    &node_kind,                             // v1 Node
    &persistent_volume_kind,                // v1 PersistentVolume
    &persistent_volume_claim_kind,          // v1 PersistentVolumeClaim
    &pod_kind,                              // v1 Pod
    &pod_template_kind,                     // v1 PodTemplate
    &replication_controller_kind,           // v1 ReplicationController
    &resource_quota_kind,                   // v1 ResourceQuota
    &secret_kind,                           // v1 Secret
    &service_account_kind,                  // v1 ServiceAccount
    &service_kind,                          // v1 Service
    &custom_resource_definition_kind,       // apiextensions.k8s.io/v1 CustomResourceDefinition
    &controller_revision_kind,              // apps/v1 ControllerRevision
    &daemon_set_kind,                       // apps/v1 DaemonSet
    &deployment_kind,                       // apps/v1 Deployment
    &replica_set_kind,                      // apps/v1 ReplicaSet
    &stateful_set_kind,                     // apps/v1 StatefulSet
    &mutating_webhook_configuration_kind,   // admissionregistration.k8s.io/v1 MutatingWebhookConfiguration
    &validating_webhook_configuration_kind, // admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration
    &self_subject_review_kind,              // authentication.k8s.io/v1 SelfSubjectReview
    &token_review_kind,                     // authentication.k8s.io/v1 TokenReview
    &local_subject_access_review_kind,      // authorization.k8s.io/v1 LocalSubjectAccessReview
    &self_subject_access_review_kind,       // authorization.k8s.io/v1 SelfSubjectAccessReview
    &self_subject_rules_review_kind,        // authorization.k8s.io/v1 SelfSubjectRulesReview
    &subject_access_review_kind,            // authorization.k8s.io/v1 SubjectAccessReview
    &horizontal_pod_autoscaler_kind,        // autoscaling/v2 HorizontalPodAutoscaler
    &horizontal_pod_autoscaler_v1_kind,     // autoscaling/v1 HorizontalPodAutoscaler
    &cron_job_kind,                         // batch/v1 CronJob
    &job_kind,                              // batch/v1 Job
    &certificate_signing_request_kind,      // certificates.k8s.io/v1 CertificateSigningRequest
    &lease_kind,                            // coordination.k8s.io/v1 Lease
    &endpoint_slice_kind,                   // discovery.k8s.io/v1 EndpointSlice
    &event_v1_kind,                         // events.k8s.io/v1 Event
    &ingress_kind,                          // networking.k8s.io/v1 Ingress
    &ingress_class_kind,                    // networking.k8s.io/v1 IngressClass
    &network_policy_kind,                   // networking.k8s.io/v1 NetworkPolicy
    &runtime_class_kind,                    // node.k8s.io/v1 RuntimeClass
    &pod_disruption_budget_kind,            // policy/v1 PodDisruptionBudget
    &cluster_role_kind,                     // rbac.authorization.k8s.io/v1 ClusterRole
    &cluster_role_binding_kind,             // rbac.authorization.k8s.io/v1 ClusterRoleBinding
    &role_kind,                             // rbac.authorization.k8s.io/v1 Role
    &role_binding_kind,                     // rbac.authorization.k8s.io/v1 RoleBinding
    &priority_class_kind,                   // scheduling.k8s.io/v1 PriorityClass
    &csi_driver_kind,                       // storage.k8s.io/v1 CSIDriver
    &csi_node_kind,                         // storage.k8s.io/v1 CSINode
    &csi_storage_capacity_kind,             // storage.k8s.io/v1 CSIStorageCapacity
    &storage_class_kind,                    // storage.k8s.io/v1 StorageClass
};

} // namespace berth::kube
