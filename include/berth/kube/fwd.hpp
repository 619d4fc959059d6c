#pragma once

/// \file
/// The kube area at a glance: the kinds of Kubernetes, and what makes a cluster of them.

namespace berth::kube {

// The kinds.
struct mutating_webhook_configuration;
struct validating_webhook_configuration;
struct custom_resource_definition;
struct controller_revision;
struct daemon_set;
struct deployment;
struct replica_set;
struct stateful_set;
struct self_subject_review;
struct token_request;
struct token_review;
struct local_subject_access_review;
struct self_subject_access_review;
struct self_subject_rules_review;
struct subject_access_review;
struct horizontal_pod_autoscaler;
struct horizontal_pod_autoscaler_v1;
struct cron_job;
struct job;
struct certificate_signing_request;
struct lease;
struct binding;
struct component_status;
struct config_map;
struct endpoints;
struct event;
struct limit_range;
struct namespace_;
struct node;
struct persistent_volume;
struct persistent_volume_claim;
struct pod;
struct pod_template;
struct replication_controller;
struct resource_quota;
struct secret;
struct service;
struct service_account;
struct endpoint_slice;
struct event_v1;
struct node_metrics;
struct node_summary;
struct pod_metrics;
struct ingress;
struct ingress_class;
struct network_policy;
struct runtime_class;
struct eviction;
struct pod_disruption_budget;
struct cluster_role;
struct cluster_role_binding;
struct role;
struct role_binding;
struct priority_class;
struct csi_driver;
struct csi_node;
struct csi_storage_capacity;
struct storage_class;

// What pods are made of.
struct pod_spec;
struct pod_status;
struct pod_condition;
struct pod_template_spec;
struct container;
struct container_port;
struct container_state;
struct container_status;
struct env_var;
struct env_from_source;
struct ephemeral_container;
struct lifecycle;
struct probe;
struct resource_requirements;
struct security_context;
struct pod_security_context;
struct volume;
struct volume_mount;

// What says where they may run.
struct affinity;
struct node_affinity;
struct node_selector;
struct pod_affinity;
struct pod_anti_affinity;
struct taint;
struct toleration;
struct topology_spread_constraint;

// What the other kinds are made of.
struct deployment_spec;
struct deployment_status;
struct deployment_strategy;
struct lease_spec;
struct node_spec;
struct node_status;
struct node_condition;
struct object_reference;
struct replica_set_spec;
struct replica_set_status;
struct service_spec;
struct service_port;

// What the parts of a cluster are given.
struct admission_options;
struct bootstrap_options;
struct controller_manager_options;
struct event_reporter;
struct scheduler_options;
struct scheduler_counters;
class cluster_state;

} // namespace berth::kube
