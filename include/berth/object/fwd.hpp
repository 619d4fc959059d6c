#pragma once

/// \file
/// The object area at a glance: what an API object is made of, how it is described, selected and changed.

#include <cstdint>

namespace berth::object {

/// A point in the history of the store that an object came from; 0 is "none".
using revision = std::int64_t;

template <class T> class boxed;
template <class V> class dictionary;
struct bytes;
struct raw_json;
struct timestamp;
struct micro_timestamp;
class quantity;
class int_or_string;
class rare_text;

struct resource_name;
struct field_options;
struct field_info;
struct type_info;

struct key;
struct meta;
struct owner_reference;
struct managed_fields_entry;
struct condition;

class any_object;
class draft;
struct object_ref;

struct requirement;
class selector;
struct label_selector_requirement;
struct label_selector;
struct field_requirement;
class field_selector;

class decoder;
struct decoding;

} // namespace berth::object
