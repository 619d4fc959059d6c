#pragma once

/// \file
/// The bodies of `berth/object/json_patch.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/json_patch.hpp>

#include <algorithm>

namespace berth::object::detail {

/// One reference token of a JSON pointer with `~1` and `~0` resolved.
inline auto pointer_token(std::string_view raw) -> std::string {
    auto out = std::string();
    for (std::size_t i = 0; i < raw.size(); ++i) {
        auto const escape = raw.substr(i, 2);
        if (escape == "~0" || escape == "~1") {
            out.push_back(escape == "~0" ? '~' : '/');
            ++i;
        } else {
            out.push_back(raw[i]);
        }
    }
    return out;
}

/// Applies operations to a document, one after the other.
class json_patcher {
public:
    json_patcher(json::value& document, json_patch_limits limits) : document_(document), limits_(limits) {}

    auto apply(json::object const& operation) -> result<void> {
        auto const kind = kind_of(operation);
        if (kind == "add") return add(operation);
        if (kind == "remove") return remove(operation);
        if (kind == "replace") return replace(operation);
        if (kind == "move") return move(operation);
        if (kind == "copy") return copy(operation);
        if (kind == "test") return test(operation);
        return refuse("Unexpected kind: " + kind);
    }

private:
    /// The object or array that holds what a pointer means, and the key in it. No container: no such path.
    struct place {
        json::value* container = nullptr;
        std::string key;
        std::size_t depth = 0; ///< how many objects and arrays it is in
    };

    static auto refuse(std::string message) -> std::unexpected<error> {
        return fail(error_code::invalid, std::move(message));
    }
    template <class T> static auto refuse_with(std::string context, result<T> const& cause)
        -> std::unexpected<error> {
        return fail(cause.error().code, std::move(context) + ": " + cause.error().message);
    }
    static auto no_index(std::int64_t index) -> std::unexpected<error> {
        return refuse("Unable to access invalid index: " + std::to_string(index) +
                      ": invalid index referenced");
    }

    auto spend(std::size_t work) -> result<void> {
        work_ += std::min(work, limits_.work + 1);
        if (work_ <= limits_.work) return {};
        return fail(error_code::request_too_large,
                    "the JSON patch moves more than " + std::to_string(limits_.work) + " values");
    }
    auto check_depth(place const& at, value_extent const& value) const -> result<void> {
        if (at.depth + value.height <= limits_.depth) return {};
        return refuse("the document would be nested more than " + std::to_string(limits_.depth) +
                      " levels deep");
    }

    static auto kind_of(json::object const& operation) -> std::string {
        auto const* const op = operation.if_contains("op");
        return op != nullptr && op->is_string() ? std::string(text_view(op->get_string())) : "unknown";
    }
    /// The text of `path` or `from`.
    static auto pointer(json::object const& operation, char const* name) -> result<std::string> {
        auto const* const value = operation.if_contains(name);
        if (value == nullptr || value->is_null())
            return refuse(std::string(name) == "path" ? "operation missing path field: missing value"
                                                      : "operation, missing from field: missing value");
        if (!value->is_string())
            return refuse(std::string("the ") + name + " of an operation must be a string");
        return std::string(text_view(value->get_string()));
    }
    static auto value_of(json::object const& operation) -> json::value {
        auto const* const value = operation.if_contains("value");
        if (value == nullptr) return nullptr;
        return value->is_null() ? put_null() : *value;
    }

    auto find(std::string_view path) -> place {
        auto slash = path.find('/');
        if (slash == std::string_view::npos) return {};
        auto* at = &document_;
        for (auto depth = std::size_t{1};; ++depth) {
            if (!at->is_object() && !at->is_array() && !is_copied_null(*at)) return {};
            path.remove_prefix(slash + 1);
            slash = path.find('/');
            auto key = pointer_token(path.substr(0, slash));
            if (slash == std::string_view::npos) return {at, std::move(key), depth};
            auto const next = get(*at, key);
            if (!next || *next == nullptr) return {};
            at = *next;
        }
    }

    static auto copied(json::value const* original) -> json::value {
        if (original == nullptr) return nullptr;
        if (is_put_null(*original) || is_copied_null(*original)) return copied_null();
        auto out = *original;
        settle(out);
        return out;
    }

    /// Which of an array's `count` places a key means; negative ones count from the end.
    static auto index_in(std::string_view key, std::size_t count) -> result<std::size_t> {
        auto const index = go_integer(key);
        if (!index) {
            auto const numeric = key.find_first_not_of("0123456789", 1) == std::string_view::npos &&
                                 key.find_first_of("0123456789") != std::string_view::npos;
            return refuse("strconv.Atoi: parsing " + go_quoted(key) +
                          (numeric ? ": value out of range" : ": invalid syntax"));
        }
        auto const total = static_cast<std::int64_t>(count);
        if (*index >= total || *index < -total) return no_index(*index);
        return static_cast<std::size_t>(*index < 0 ? *index + total : *index);
    }

    /// The member or element; null where an object has no such member.
    static auto get(json::value& container, std::string_view key) -> result<json::value*> {
        if (auto* const object = container.if_object()) return object->if_contains(boost_view(key));
        if (is_copied_null(container)) return nullptr;
        auto& array = container.get_array();
        auto const index = index_in(key, array.size());
        if (!index) return std::unexpected(index.error());
        return &array[*index];
    }
    auto insert(place const& at, json::value value) -> result<void> {
        if (auto const fits = check_depth(at, extent_of(value)); !fits) return fits;
        if (auto* const object = at.container->if_object()) {
            (*object)[boost_view(at.key)] = std::move(value);
            return {};
        }
        if (is_copied_null(*at.container)) return refuse("assignment to entry in nil map");
        auto& array = at.container->get_array();
        if (at.key == "-") {
            array.push_back(std::move(value));
            return {};
        }
        auto const index = index_in(at.key, array.size() + 1);
        if (!index && index.error().message.starts_with("strconv"))
            return refuse_with("value was not a proper array index: '" + at.key + "'", index);
        if (!index) return std::unexpected(index.error());
        if (auto const paid = spend(array.size() - *index); !paid) return paid;
        array.insert(array.begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
        return {};
    }
    /// Takes a member or an element away. The last member of an object takes the place of the one that goes.
    auto erase(place const& at) -> result<void> {
        auto* const object = at.container->if_object();
        if (object != nullptr && !object->empty())
            if (auto const paid = spend((object->end() - 1)->key().size()); !paid) return paid;
        if (object != nullptr && object->erase(boost_view(at.key)) > 0) return {};
        if (object != nullptr || is_copied_null(*at.container))
            return refuse("Unable to remove nonexistent key: " + at.key + ": missing value");
        auto& array = at.container->get_array();
        auto const index = index_in(at.key, array.size());
        if (!index) return std::unexpected(index.error());
        if (auto const paid = spend(array.size() - *index); !paid) return paid;
        array.erase(array.begin() + static_cast<std::ptrdiff_t>(*index));
        return {};
    }

    auto add(json::object const& operation) -> result<void> {
        auto const path = pointer(operation, "path");
        if (!path) return refuse("add operation failed to decode path: missing value");
        auto const at = find(*path);
        if (at.container == nullptr)
            return refuse("add operation does not apply: doc is missing path: \"" + *path +
                          "\": missing value");
        auto const done = insert(at, value_of(operation));
        if (!done) return refuse_with("error in add for path: '" + *path + "'", done);
        return {};
    }

    auto remove(json::object const& operation) -> result<void> {
        auto const path = pointer(operation, "path");
        if (!path) return refuse("remove operation failed to decode path: missing value");
        auto const at = find(*path);
        if (at.container == nullptr)
            return refuse("remove operation does not apply: doc is missing path: \"" + *path +
                          "\": missing value");
        auto const done = erase(at);
        if (!done) return refuse_with("error in remove for path: '" + *path + "'", done);
        return {};
    }

    auto replace(json::object const& operation) -> result<void> {
        auto const path = pointer(operation, "path");
        if (!path) return refuse_with("replace operation failed to decode path", path);
        auto value = value_of(operation);
        if (path->empty()) {
            if (!value.is_object() && !value.is_array())
                return refuse("replace operation value must be object or array");
            document_ = std::move(value);
            return {};
        }
        auto const at = find(*path);
        if (at.container == nullptr)
            return refuse("replace operation does not apply: doc is missing path: " + *path +
                          ": missing value");
        auto const old = get(*at.container, at.key);
        if (!old)
            return refuse("replace operation does not apply: doc is missing key: " + *path +
                          ": missing value");
        if (*old == nullptr) return insert(at, std::move(value));
        if (auto const fits = check_depth(at, extent_of(value)); !fits) return fits;
        **old = std::move(value);
        return {};
    }

    auto move(json::object const& operation) -> result<void> {
        auto const from = pointer(operation, "from");
        if (!from) return refuse_with("move operation failed to decode from", from);
        auto at = find(*from);
        if (at.container == nullptr)
            return refuse("move operation does not apply: doc is missing from path: " + *from +
                          ": missing value");
        auto const found = get(*at.container, at.key);
        if (!found) return refuse_with("error in move for path: '" + at.key + "'", found);
        auto value = *found == nullptr ? json::value() : std::move(**found);
        if (auto const paid = spend(extent_of(value).values); !paid) return paid;
        if (auto const done = erase(at); !done)
            return refuse_with("error in move for path: '" + at.key + "'", done);
        auto const path = pointer(operation, "path");
        if (!path) return refuse_with("move operation failed to decode path", path);
        at = find(*path);
        if (at.container == nullptr)
            return refuse("move operation does not apply: doc is missing destination path: " + *path +
                          ": missing value");
        auto const done = insert(at, std::move(value));
        if (!done) return refuse_with("error in move for path: '" + *path + "'", done);
        return {};
    }

    auto copy(json::object const& operation) -> result<void> {
        auto const from = pointer(operation, "from");
        if (!from) return refuse_with("copy operation failed to decode from", from);
        auto at = find(*from);
        if (at.container == nullptr)
            return refuse("copy operation does not apply: doc is missing from path: " + *from +
                          ": missing value");
        auto const found = get(*at.container, at.key);
        if (!found) return refuse_with("error in copy for from: '" + *from + "'", found);
        auto const path = pointer(operation, "path");
        if (!path) return refuse("copy operation failed to decode path: missing value");
        if (*found != nullptr)
            if (auto const paid = spend(extent_of(**found).values); !paid) return paid;
        auto value = copied(*found);
        at = find(*path);
        if (at.container == nullptr)
            return refuse("copy operation does not apply: doc is missing destination path: " + *path +
                          ": missing value");
        copied_bytes_ += json::serialize(value).size();
        if (copied_bytes_ > limits_.copied_bytes)
            return refuse("Unable to complete the copy, the accumulated size increase of copy is " +
                          std::to_string(copied_bytes_) + ", exceeding the limit " +
                          std::to_string(limits_.copied_bytes));
        auto const done = insert(at, std::move(value));
        if (!done) return refuse_with("error while adding value during copy", done);
        return {};
    }

    auto test(json::object const& operation) -> result<void> {
        auto const path = pointer(operation, "path");
        if (!path) return refuse_with("test operation failed to decode path", path);
        auto const failed = "testing value " + *path + " failed: test failed";
        auto const expected = value_of(operation);
        if (path->empty()) {
            if (equal_in_test(document_, expected)) return {};
            return refuse(failed);
        }
        auto const at = find(*path);
        if (at.container == nullptr)
            return refuse("test operation does not apply: is missing path: " + *path + ": missing value");
        auto const found = get(*at.container, at.key);
        if (!found) return refuse_with("error in test for path: '" + *path + "'", found);
        auto const absent = *found == nullptr || (*found)->is_null();
        auto const holds =
            absent ? expected.is_null() || is_put_null(expected) : equal_in_test(**found, expected);
        if (!holds) return refuse(failed);
        return {};
    }

    json::value& document_;
    json_patch_limits limits_;
    std::size_t copied_bytes_ = 0;
    std::size_t work_ = 0;
};

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto apply_json_patch(boost::json::value document, boost::json::value const& patch,
                                 json_patch_limits limits) -> result<boost::json::value> {
    auto const* const operations = patch.if_array();
    if (operations == nullptr)
        return fail(error_code::bad_request, "a JSON patch must be an array of operations");
    if (operations->size() > limits.operations)
        return fail(error_code::request_too_large, "The allowed maximum operations in a JSON patch is " +
                                                       std::to_string(limits.operations) + ", got " +
                                                       std::to_string(operations->size()));
    auto patcher = detail::json_patcher(document, limits);
    for (auto const& operation : *operations) {
        if (!operation.is_object())
            return fail(error_code::bad_request, "a JSON patch operation must be an object");
        auto const done = patcher.apply(operation.get_object());
        if (!done) return std::unexpected(done.error());
    }
    detail::settle(document);
    return document;
}

} // namespace berth::object
