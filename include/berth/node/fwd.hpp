#pragma once

/// \file
/// The node area at a glance: what runs containers, and the agent that runs pods through it.

#include <cstdint>

namespace berth::node {

enum class container_id : std::uint64_t;
enum class role : std::uint8_t;
struct container_spec;
struct environment_variable;
struct exit_report;
struct machine_facts;

struct simulated_rule;
struct simulated_options;
class simulated_runtime;
struct process_options;
class process_runtime;

struct log_place;
struct log_options;
class log_reader;

struct backoff_limits;
class restart_backoff;
class address_range;
struct agent_options;

} // namespace berth::node
