#include <berth/core/base64.hpp>
#include <berth/schedule.hpp>

// A second unit of a program that has one area compiled, and needs what lies below it.
auto encoded(std::string_view text) -> std::string { return berth::base64_encode(text); }
