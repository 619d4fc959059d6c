#pragma once

/// \file
/// The core area at a glance: errors as values, time, randomness and components.

#include <cstddef>
#include <cstdint>

namespace berth {

enum class error_code : std::uint8_t;
struct error;
struct error_cause;
struct error_details;

class descriptor;

struct duration;
struct time_point;
struct system_clock;
struct monotonic_clock;
struct clock_ref;
class random_engine;

struct queue_id;
struct shortage;
template <std::size_t Resources> struct share_terms;
template <std::size_t Resources> class fair_share;
template <class Item, std::size_t Resources> class fair_queue;

struct wake;
struct waker;
class wake_signal;

class exposition;

namespace net {

struct endpoint;
struct tls_files;
struct http_answer;
struct outcome;
class connection;
template <class Connection> class basic_pool;
using pool = basic_pool<connection>;

} // namespace net

} // namespace berth
