#pragma once

/// \file
/// The API area at a glance: kinds as data, the requests of a client, and the server that answers them.

#include <cstdint>

namespace berth::api {

template <class T> struct column_of;
struct row_condition;
struct scale_state;
template <class T> struct part_of;
template <class T> struct action_of;
struct kind;
class registry;
class shared_registry;

struct admission_request;
struct admission_world;
struct admission;
class field_path;
class field_errors;

enum class field_validation : std::uint8_t;
enum class patch_type : std::uint8_t;
enum class propagation : std::uint8_t;
struct get_options;
struct list_options;
struct watch_options;
struct write_options;
struct create_options;
struct update_options;
struct patch;
struct patch_options;
struct delete_options;
struct deletion;
struct object_list;
struct watch_event;
class any_watch;
class any_client;

struct scale;
struct server_options;
struct target;
struct written;

namespace http {

struct remote_options;
class remote;
class remote_watch;

} // namespace http

} // namespace berth::api
